using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Means and squared deviations of channels, without cancellation.</summary>
public static unsafe class ChannelMoments
{
    /// <summary>Rows summed in float before their sum is added in double.</summary>
    private const int Run = 32;

    /// <summary>mean[c] = sum over rows of x[row, c] / rows; squares[c] = sum of (x[row, c] - mean[c])^2. Overwrites (=).</summary>
    /// <remarks>Two passes over a block that lies in a cache.</remarks>
    /// <param name="x">Row 0.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="channels">Channels wanted.</param>
    /// <param name="mean">Gets the means.</param>
    /// <param name="squares">Gets the sums of squared deviations.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfBlock<TV>(float* x, long stride, long rows, int channels, float* mean, float* squares)
        where TV : unmanaged, IHostVector<TV>
    {
        var sums = stackalloc double[TV.Length];
        var whole = channels - (channels % TV.Length);
        for (var c = 0; c < whole; c += TV.Length)
            OfColumns<TV>(x + c, stride, rows, mean + c, squares + c, sums);
        for (var c = whole; c < channels; c++)
            OfColumns<HostScalar>(x + c, stride, rows, mean + c, squares + c, sums);
    }

    private static void OfColumns<TV>(float* x, long stride, long rows, float* mean, float* squares, double* sums)
        where TV : unmanaged, IHostVector<TV>
    {
        Sum(x, stride, rows, TV.Zero, square: false, sums);
        for (var i = 0; i < TV.Length; i++)
            mean[i] = (float)(sums[i] / rows);
        Sum(x, stride, rows, TV.Load(mean), square: true, sums);
        for (var i = 0; i < TV.Length; i++)
            squares[i] = (float)sums[i];
    }

    /// <summary>Sums of x - shift, or of its square, over the rows of a register's columns: short runs in float, their sums in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum<TV>(float* x, long stride, long rows, TV shift, bool square, double* sums)
        where TV : unmanaged, IHostVector<TV>
    {
        new Span<double>(sums, TV.Length).Clear();
        for (var first = 0L; first < rows; first += Run)
        {
            var (even, odd) = (TV.Zero, TV.Zero);
            var row = Math.Min(Run, rows - first);
            for (; row > 1; row -= 2, x += 2 * stride)
            {
                even = Add(even, TV.Subtract(TV.Load(x), shift), square);
                odd = Add(odd, TV.Subtract(TV.Load(x + stride), shift), square);
            }

            if (row > 0)
            {
                even = Add(even, TV.Subtract(TV.Load(x), shift), square);
                x += stride;
            }

            even.AddTo(sums);
            odd.AddTo(sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TV Add<TV>(TV sum, TV value, bool square)
        where TV : unmanaged, IHostVector<TV> => square ? TV.MultiplyAdd(value, value, sum) : TV.Add(sum, value);

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
