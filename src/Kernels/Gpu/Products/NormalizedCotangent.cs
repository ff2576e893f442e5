namespace CudaNoisy.Kernels.Gpu;

/// <summary>The cotangent g of a batch-norm's output, beside the batch-norm's input x, as the cotangent of that input:
/// gamma inv (g - mean(g) - (x - mean) inv^2 mean(g (x - mean))), see <see cref="GpuNormalization"/>.</summary>
public readonly struct NormalizedCotangent : ICotangentMap
{
    /// <inheritdoc/>
    public static bool IsMap => true;

    /// <inheritdoc/>
    public static bool HasOther => true;

    /// <inheritdoc/>
    public static Quad Apply(in ChannelMap map, Quad value, Quad other) => (value * map.Scale) + (((other - map.Centre) * map.Slope) + map.Shift);
}
