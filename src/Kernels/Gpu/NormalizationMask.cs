using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Where a batch-norm's ReLU let values through: known from its output, found again from its input, or kept as flags, a 16th of the output. All empty: there was no ReLU.</summary>
/// <param name="Y">The output, (rows, channels).</param>
/// <param name="Beta">The shifts, for <see cref="NormalizationMap"/>.</param>
/// <param name="Flags">A byte for every four elements, see <see cref="Quad.Positive"/>.</param>
public readonly record struct NormalizationMask(ArrayView<float> Y, ArrayView<float> Beta, ArrayView<byte> Flags)
{
    /// <summary>g at some elements, zero where the ReLU was.</summary>
    /// <param name="g">The cotangent or tangent.</param>
    /// <param name="index">The first element.</param>
    /// <param name="map">The forward map of the elements' channels.</param>
    /// <param name="x">The batch-norm's input there.</param>
    public Quad Apply<TAccess>(Quad g, long index, NormalizationMap map, Quad x)
        where TAccess : unmanaged, IAccess
    {
        if (Flags.Length > 0)
            return g.WhereSet(Flags[index >> 2]);
        if (Y.Length > 0)
            return g.WherePositive(TAccess.Load(Y, index));
        return Beta.Length > 0 ? g.WherePositive(map.Apply(x)) : g;
    }
}
