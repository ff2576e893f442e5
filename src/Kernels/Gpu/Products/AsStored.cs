namespace CudaNoisy.Kernels.Gpu;

/// <summary>An operand that is multiplied as it is stored.</summary>
public readonly struct AsStored : IInputMap, ICotangentMap
{
    /// <inheritdoc/>
    public static bool IsMap => false;

    /// <inheritdoc/>
    public static bool HasOther => false;

    /// <inheritdoc/>
    public static Quad Apply(in ChannelMap map, Quad value, Quad other) => value;
}
