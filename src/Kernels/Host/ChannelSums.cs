namespace CudaNoisy.Kernels.Host;

/// <summary>Sums over rows behind the moments of a few channels: of the deviations from a shift near each channel's mean, and of their squares.</summary>
/// <remarks>Deviations from a shift near the mean do not cancel (Chan, Golub and LeVeque 1983, shifted data), so that one pass is enough. The shift is the mean of the first n rows (a tile's, or 32), which are part of the
/// whole: its squared distance from the mean is at most rows / n variances, even where all other rows are elsewhere.</remarks>
public unsafe struct ChannelSums
{
    /// <summary>Channels at a time: two of the longest registers, a tile's width.</summary>
    public const int Channels = 32;

    /// <summary>The shifts.</summary>
    public fixed float Shifts[Channels];

    /// <summary>Sums of deviations.</summary>
    public fixed double Sums[Channels];

    /// <summary>Sums of squared deviations.</summary>
    public fixed double Squares[Channels];

    /// <summary>Whether the shifts are there.</summary>
    public bool HasShifts;

    /// <summary>The channels' means and sums of squared deviations from them. Overwrites (=).</summary>
    /// <param name="rows">Rows that were summed.</param>
    /// <param name="channels">Channels wanted.</param>
    /// <param name="mean">Gets the means.</param>
    /// <param name="squares">Gets the sums of squared deviations.</param>
    public void Finish(long rows, int channels, float* mean, float* squares)
    {
        for (var c = 0; c < channels; c++)
        {
            var offset = Sums[c] / rows;
            squares[c] = (float)Math.Max(0, Squares[c] - (offset * Sums[c]));
            mean[c] = (float)(Shifts[c] + offset);
        }
    }
}
