using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Where a ReLU let values through: known from its output, or computed again from the batch-norm's input, which saves reading the output.</summary>
/// <remarks>Computed again: (x - mean) scale + shift &gt; 0, with the forward pass's own roundings.</remarks>
public unsafe struct NormalizationMask
{
    /// <summary>The ReLU's output; null: see <see cref="Scale"/>.</summary>
    public float* Y;

    /// <summary>The forward pass's scale; null together with <see cref="Y"/>: there was no ReLU.</summary>
    public float* Scale;

    /// <summary>Its shift.</summary>
    public float* Shift;

    /// <summary>value, or 0 where the ReLU was.</summary>
    /// <param name="value">The values.</param>
    /// <param name="centred">x - mean.</param>
    /// <param name="at">The place in the tensor.</param>
    /// <param name="c">The channel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TV Apply<TV>(TV value, TV centred, long at, int c)
        where TV : unmanaged, IHostVector<TV>
    {
        if (Y is not null)
            return TV.Mask(value, TV.Load(Y + at));
        return Scale is null ? value : TV.Mask(value, TV.MultiplyAdd(centred, TV.Load(Scale + c), TV.Load(Shift + c)));
    }
}
