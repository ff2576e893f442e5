using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Means and squared deviations of channels, without cancellation.</summary>
public static unsafe class ChannelMoments
{
    /// <summary>Rows summed in float before their sum is added in double.</summary>
    private const int Run = 32;

    /// <summary>mean[c] = sum over rows of x[row, c] / rows; squares[c] = sum of (x[row, c] - mean[c])^2. Overwrites (=).</summary>
    /// <param name="x">Row 0.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="channels">Channels wanted.</param>
    /// <param name="mean">Gets the means.</param>
    /// <param name="squares">Gets the sums of squared deviations.</param>
    public static void OfBlock<TV>(float* x, long stride, long rows, int channels, float* mean, float* squares)
        where TV : unmanaged, IHostVector<TV>
    {
        for (var c = 0; c < channels; c += ChannelSums.Channels)
        {
            var columns = Math.Min(ChannelSums.Channels, channels - c);
            var (start, sums) = (default(ChannelSums), default(ChannelSums));
            var few = Math.Min(Run, rows);
            Add<TV>(x + c, stride, few, columns, &start);
            for (var i = 0; i < columns; i++)
                sums.Shifts[i] = (float)(start.Sums[i] / few);
            Add<TV>(x + c, stride, rows, columns, &sums);
            sums.Finish(rows, columns, mean + c, squares + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TV>(float* x, long stride, long rows, int columns, ChannelSums* sums)
        where TV : unmanaged, IHostVector<TV>
    {
        var c = 0;
        for (; c + TV.Length <= columns; c += TV.Length)
            AddColumns<TV>(x + c, stride, rows, c, sums);
        for (; c < columns; c++)
            AddColumns<HostScalar>(x + c, stride, rows, c, sums);
    }

    /// <summary>A register of columns: short runs in float, even and odd rows apart, are added to sums in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumns<TV>(float* x, long stride, long rows, int c, ChannelSums* sums)
        where TV : unmanaged, IHostVector<TV>
    {
        var s = TV.Load(sums->Shifts + c);
        for (var done = 0L; done < rows; done += Run)
        {
            var (even, odd, evenSquares, oddSquares) = (TV.Zero, TV.Zero, TV.Zero, TV.Zero);
            var row = Math.Min(Run, rows - done);
            for (; row > 1; row -= 2, x += 2 * stride)
            {
                var d0 = TV.Subtract(TV.Load(x), s);
                var d1 = TV.Subtract(TV.Load(x + stride), s);
                even = TV.Add(even, d0);
                odd = TV.Add(odd, d1);
                evenSquares = TV.MultiplyAdd(d0, d0, evenSquares);
                oddSquares = TV.MultiplyAdd(d1, d1, oddSquares);
            }

            if (row > 0)
            {
                var d = TV.Subtract(TV.Load(x), s);
                even = TV.Add(even, d);
                evenSquares = TV.MultiplyAdd(d, d, evenSquares);
                x += stride;
            }

            even.AddTo(sums->Sums + c);
            odd.AddTo(sums->Sums + c);
            evenSquares.AddTo(sums->Squares + c);
            oddSquares.AddTo(sums->Squares + c);
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
