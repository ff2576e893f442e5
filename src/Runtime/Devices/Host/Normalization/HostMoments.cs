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

    /// <summary>Means and biased variances from those of blocks, in their order.</summary>
    /// <param name="blocks">For every block, means, then sums of squared deviations.</param>
    /// <param name="counts">Rows of every block.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="mean">Gets the means.</param>
    /// <param name="variance">Gets the variances.</param>
    public static void Merge(float* blocks, ReadOnlySpan<long> counts, int channels, float* mean, float* variance)
    {
        for (var c = 0; c < channels; c++)
            (mean[c], variance[c]) = ChannelMoments.Merge(blocks, counts, channels, c);
    }
}
