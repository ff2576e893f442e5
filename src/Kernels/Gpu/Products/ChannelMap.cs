using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The numbers that an <see cref="IOperandMap"/> needs of four neighbouring channels, worked out by <see cref="ChannelTables"/>.</summary>
/// <param name="Centre">The batch-norm's mean.</param>
/// <param name="Scale">Factor of the operand.</param>
/// <param name="Shift">What is added.</param>
/// <param name="Slope">Factor of the second tensor's distance from the mean.</param>
public readonly record struct ChannelMap(Quad Centre, Quad Scale, Quad Shift, Quad Slope)
{
    /// <summary>Those of some channels, from a table (4, channels) in the order of the parameters.</summary>
    /// <param name="table">The table.</param>
    /// <param name="channels">Channels of it.</param>
    /// <param name="channel">The first channel.</param>
    public static ChannelMap Load<TMap>(ArrayView<float> table, int channels, int channel)
        where TMap : unmanaged, IOperandMap => new(
        Quads.Load(table, channel), Quads.Load(table, channels + channel), Quads.Load(table, (2 * channels) + channel),
        TMap.HasOther ? Quads.Load(table, (3 * channels) + channel) : default);
}
