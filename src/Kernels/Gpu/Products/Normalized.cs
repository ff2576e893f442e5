namespace CudaNoisy.Kernels.Gpu;

/// <summary>A batch-norm's input as its output behind a ReLU: max(0, (x - mean) gamma inv + beta), rounded like <see cref="NormalizationMap"/>.</summary>
public readonly struct Normalized : IInputMap
{
    /// <inheritdoc/>
    public static bool IsMap => true;

    /// <inheritdoc/>
    public static bool HasOther => false;

    /// <inheritdoc/>
    public static Quad Apply(in ChannelMap map, Quad value, Quad other) => (((value - map.Centre) * map.Scale) + map.Shift).Rectified();
}
