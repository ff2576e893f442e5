using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>What a convolution leaves of its output's channels besides the output: moments, or the sums that a batch-norm's backward pass wants of its output's cotangent. Blocks of pixels
/// leave theirs, which are merged in the order of the blocks.</summary>
internal unsafe struct HostColumnSums
{
    /// <summary>The batch-norm whose output's cotangent the output is; none: moments are wanted.</summary>
    public CotangentSource Source;

    /// <summary>Gets the means, or the sums of the cotangent; or null.</summary>
    public float* First;

    /// <summary>Gets the biased variances, or the sums of the cotangent's products with the deviations of the batch-norm's input.</summary>
    public float* Second;

    /// <summary>For every block, two numbers a channel: means, then squared deviations from them, or both sums; or null.</summary>
    public float* Blocks;

    /// <summary>Whether any are wanted.</summary>
    public readonly bool Wanted => First is not null;

    /// <summary>Floats of <see cref="Blocks"/>.</summary>
    public readonly long Floats(int blocks, int channels) => Wanted ? 2L * blocks * channels : 0;

    /// <summary>A place in a tensor; null in none.</summary>
    public static float* At(float* tensor, long offset) => tensor is null ? null : tensor + offset;

    /// <summary>The sums before the first tile.</summary>
    public readonly void Start(ChannelSums* sums, int firstChannel, int channels)
    {
        *sums = default;
        if (Source.X is null)
            return;
        for (var c = 0; c < channels; c++)
            sums->Shifts[c] = Source.Mean[firstChannel + c];
        sums->HasShifts = true;
    }

    /// <summary>Leaves a block's.</summary>
    public readonly void Finish(ChannelSums* sums, int block, long pixels, int firstChannel, int channels, int allChannels)
    {
        var first = Blocks + (2L * block * allChannels) + firstChannel;
        if (Source.X is null)
        {
            sums->Finish(pixels, channels, first, first + allChannels);
            return;
        }

        for (var c = 0; c < channels; c++)
        {
            first[c] = (float)sums->Sums[c];
            first[allChannels + c] = (float)sums->Squares[c];
        }
    }

    /// <summary>Merges the blocks.</summary>
    /// <param name="counts">Pixels of every block.</param>
    /// <param name="channels">Channels.</param>
    public readonly void Merge(ReadOnlySpan<long> counts, int channels)
    {
        if (Source.X is null)
        {
            HostMoments.Merge(Blocks, counts, channels, First, Second);
            return;
        }

        for (var c = 0; c < channels; c++)
        {
            double sum = 0, product = 0;
            for (var block = 0; block < counts.Length; block++)
            {
                sum += Blocks[(2L * block * channels) + c];
                product += Blocks[(((2L * block) + 1) * channels) + c];
            }

            (First[c], Second[c]) = ((float)sum, (float)product);
        }
    }
}
