using System.Numerics;

namespace CudaNoisy.Kernels.Host;

/// <summary>Means and squared deviations of channels, without cancellation.</summary>
public static unsafe class ChannelMoments
{
    /// <summary>Rows summed in float before their sum is added in double.</summary>
    private const int Run = 32;

    /// <summary>mean[c] = sum over rows of x[row, c] / rows; squares[c] = sum of (x[row, c] - mean[c])^2. Overwrites (=).</summary>
    /// <remarks>Two passes over a block that lies in a cache.</remarks>
    public static void OfBlock(float* x, long rows, int channels, float* mean, float* squares)
    {
        var width = Vector<float>.Count;
        var c = 0;
        for (; c <= channels - width; c += width)
        {
            var (low, high) = Sum(x + c, rows, channels, Vector<float>.Zero, square: false);
            var m = Vector.Narrow(low / rows, high / rows);
            Vector.Store(m, mean + c);
            (low, high) = Sum(x + c, rows, channels, m, square: true);
            Vector.Store(Vector.Narrow(low, high), squares + c);
        }

        for (; c < channels; c++)
        {
            double sum = 0, square = 0;
            for (var row = 0L; row < rows; row++)
                sum += x[(row * channels) + c];
            mean[c] = (float)(sum / rows);
            for (var row = 0L; row < rows; row++)
            {
                var d = x[(row * channels) + c] - mean[c];
                square += (double)d * d;
            }

            squares[c] = (float)square;
        }
    }

    /// <summary>Sums of x - shift, or of its square, over the rows of a register's columns: short runs in float, their sums in double.</summary>
    private static (Vector<double> Low, Vector<double> High) Sum(float* x, long rows, int channels, Vector<float> shift, bool square)
    {
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var first = 0L; first < rows; first += Run)
        {
            var last = Math.Min(rows, first + Run);
            Vector<float> even = default, odd = default;
            var row = first;
            for (; row < last - 1; row += 2, x += 2 * channels)
            {
                var (a, b) = (Vector.Load(x) - shift, Vector.Load(x + channels) - shift);
                even = square ? Vector.FusedMultiplyAdd(a, a, even) : even + a;
                odd = square ? Vector.FusedMultiplyAdd(b, b, odd) : odd + b;
            }

            if (row < last)
            {
                var a = Vector.Load(x) - shift;
                even = square ? Vector.FusedMultiplyAdd(a, a, even) : even + a;
                x += channels;
            }

            Vector.Widen(even, out var l, out var h);
            low += l;
            high += h;
            Vector.Widen(odd, out l, out h);
            low += l;
            high += h;
        }

        return (low, high);
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
