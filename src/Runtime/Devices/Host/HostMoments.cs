using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary><see cref="ChannelMoments"/> for a register width.</summary>
internal static unsafe class HostMoments
{
    /// <inheritdoc cref="ChannelMoments.OfBlock"/>
    public static void OfBlock(int bits, float* x, long stride, long rows, int channels, float* mean, float* squares)
    {
        if (bits == 512)
            ChannelMoments.OfBlock<HostVector512>(x, stride, rows, channels, mean, squares);
        else if (bits == 256)
            ChannelMoments.OfBlock<HostVector256>(x, stride, rows, channels, mean, squares);
        else
            ChannelMoments.OfBlock<HostVector128>(x, stride, rows, channels, mean, squares);
    }
}
