using System.Numerics;

namespace CudaNoisy.Kernels.Host;

/// <summary>Means and squared deviations of channels, without cancellation.</summary>
public static unsafe class ChannelMoments
{
    /// <summary>mean[c] = sum over rows of x[row, c] / rows; squares[c] = sum of (x[row, c] - mean[c])^2. Overwrites (=).</summary>
    /// <remarks>Two passes over a block that lies in a cache.</remarks>
    public static void OfBlock(float* x, long rows, int channels, float* mean, float* squares)
    {
        var width = Vector<float>.Count;
        var c = 0;
        for (; c <= channels - (2 * width); c += 2 * width)
        {
            var (s0, s1) = (Vector<float>.Zero, Vector<float>.Zero);
            var p = x + c;
            for (var row = 0L; row < rows; row++, p += channels)
            {
                s0 += Vector.Load(p);
                s1 += Vector.Load(p + width);
            }

            var scale = new Vector<float>(1f / rows);
            var (m0, m1) = (s0 * scale, s1 * scale);
            (s0, s1) = (Vector<float>.Zero, Vector<float>.Zero);
            p = x + c;
            for (var row = 0L; row < rows; row++, p += channels)
            {
                var (d0, d1) = (Vector.Load(p) - m0, Vector.Load(p + width) - m1);
                s0 += d0 * d0;
                s1 += d1 * d1;
            }

            Vector.Store(m0, mean + c);
            Vector.Store(m1, mean + c + width);
            Vector.Store(s0, squares + c);
            Vector.Store(s1, squares + c + width);
        }

        for (; c < channels; c++)
        {
            var sum = 0f;
            for (var row = 0L; row < rows; row++)
                sum += x[(row * channels) + c];
            var m = sum / rows;
            var square = 0f;
            for (var row = 0L; row < rows; row++)
            {
                var d = x[(row * channels) + c] - m;
                square += d * d;
            }

            mean[c] = m;
            squares[c] = square;
        }
    }

    /// <summary>Merges blocks in their order: mean and biased variance over all rows (Chan, Golub and LeVeque 1979).</summary>
    /// <param name="blocks">For every block, means then squares.</param>
    /// <param name="counts">Rows of every block.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="channel">The channel.</param>
    public static (float Mean, float Variance) Merge(float* blocks, ReadOnlySpan<long> counts, int channels, int channel)
    {
        double count = 0, mean = 0, squares = 0;
        for (var b = 0; b < counts.Length; b++)
        {
            var moments = blocks + (2L * b * channels);
            var delta = moments[channel] - mean;
            var total = count + counts[b];
            mean += delta * counts[b] / total;
            squares += moments[channels + channel] + (delta * delta * count * counts[b] / total);
            count = total;
        }

        return ((float)mean, (float)(squares / count));
    }
}
