namespace CudaNoisy.Kernels.Gpu;

/// <summary>What a batch-norm does to an operand's numbers between their copy into shared memory and their product, so that its own result lies nowhere.</summary>
/// <remarks>Threads map what they copied themselves, before the barrier that shows it to the others. Copies are of 16 bytes; zeros around an image stay zeros.</remarks>
public interface IOperandMap
{
    /// <summary>Whether anything is done.</summary>
    static abstract bool IsMap { get; }

    /// <summary>Whether a second tensor of the operand's shape is copied beside it.</summary>
    static abstract bool HasOther { get; }

    /// <summary>Four neighbouring channels of a pixel.</summary>
    /// <param name="map">Their numbers.</param>
    /// <param name="value">The operand.</param>
    /// <param name="other">The second tensor.</param>
    static abstract Quad Apply(in ChannelMap map, Quad value, Quad other);
}
