using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Means and squared deviations of channels, without cancellation.</summary>
public static unsafe class ChannelMoments
{
    /// <summary>Rows summed in float before their sum is added in double.</summary>
    private const int Run = 32;

    /// <summary>Columns whose sums are made at a time: two of the longest registers.</summary>
    private const int ColumnsAtOnce = 32;

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
        var sums = stackalloc double[2 * ColumnsAtOnce];
        for (var c = 0; c < channels; c += ColumnsAtOnce)
        {
            var columns = Math.Min(ColumnsAtOnce, channels - c);
            Start<TV>(x + c, stride, rows, columns, mean + c, sums);
            Add<TV>(x + c, stride, rows, columns, mean + c, sums);
            Finish(rows, columns, mean + c, squares + c, sums);
        }
    }

    /// <summary>shift[c] becomes the mean of the first few rows.</summary>
    /// <remarks>Deviations from a shift near the mean do not cancel (Chan, Golub and LeVeque 1983, shifted data), so that one pass is enough. The shift's rows are part of the whole: its squared distance from the mean
    /// is at most rows / 32 variances, so that a sum of squares of a few thousand rows keeps 5 digits even where all other rows are elsewhere.</remarks>
    private static void Start<TV>(float* x, long stride, long rows, int columns, float* shift, double* sums)
        where TV : unmanaged, IHostVector<TV>
    {
        var count = Math.Min(Run, rows);
        new Span<float>(shift, columns).Clear();
        Add<TV>(x, stride, count, columns, shift, sums);
        for (var c = 0; c < columns; c++)
            shift[c] = (float)(sums[c] / count);
    }

    /// <summary>Sums of the deviations from the shifts and, <see cref="ColumnsAtOnce"/> further on, of their squares. Overwrites (=).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TV>(float* x, long stride, long rows, int columns, float* shift, double* sums)
        where TV : unmanaged, IHostVector<TV>
    {
        new Span<double>(sums, 2 * ColumnsAtOnce).Clear();
        var c = 0;
        for (; c + (2 * TV.Length) <= columns; c += 2 * TV.Length)
            AddColumns<HostPair<TV>>(x + c, stride, rows, shift + c, sums + c);
        for (; c + TV.Length <= columns; c += TV.Length)
            AddColumns<TV>(x + c, stride, rows, shift + c, sums + c);
        for (; c < columns; c++)
            AddColumns<HostScalar>(x + c, stride, rows, shift + c, sums + c);
    }

    /// <summary>Turns the sums into moments: shift[c] becomes the mean.</summary>
    private static void Finish(long rows, int columns, float* shift, float* squares, double* sums)
    {
        for (var c = 0; c < columns; c++)
        {
            var offset = sums[c] / rows;
            squares[c] = (float)Math.Max(0, sums[ColumnsAtOnce + c] - (offset * sums[c]));
            shift[c] = (float)(shift[c] + offset);
        }
    }

    /// <summary>A register of columns: short runs in float, even and odd rows apart, are added to sums in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumns<TV>(float* x, long stride, long rows, float* shift, double* sums)
        where TV : unmanaged, IHostVector<TV>
    {
        var s = TV.Load(shift);
        for (var first = 0L; first < rows; first += Run)
        {
            var (even, odd, evenSquares, oddSquares) = (TV.Zero, TV.Zero, TV.Zero, TV.Zero);
            var row = Math.Min(Run, rows - first);
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

            even.AddTo(sums);
            odd.AddTo(sums);
            evenSquares.AddTo(sums + ColumnsAtOnce);
            oddSquares.AddTo(sums + ColumnsAtOnce);
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
