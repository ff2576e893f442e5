using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Mean and squared deviations of every column over the rows of a warp's tile, from its accumulators: a batch-norm behind a convolution need not read the output for them.</summary>
/// <remarks>Two passes over registers, first the mean, then the deviations from it, so that nothing cancels. <see cref="GpuChannelMerges"/> merges the tiles.</remarks>
public static class ColumnMoments
{
    /// <summary>Leaves a tile's moments in parts (tile, 2, columns).</summary>
    /// <param name="sums">The thread's accumulators; those of rows past the end are zeros.</param>
    /// <param name="tile">Which of the product's tiles of 64 rows.</param>
    /// <param name="rows">Rows of the product.</param>
    /// <param name="columns">Columns of the product.</param>
    /// <param name="column">The thread's first column.</param>
    /// <param name="parts">The tiles' moments.</param>
    public static void Write<TTransfer>(ref Accumulators sums, int tile, int rows, int columns, int column, ArrayView<float> parts)
        where TTransfer : unmanaged, ITransfer
    {
        var left = rows - (tile * ProductColumns.Rows);
        if (left <= 0)
            return;
        var mean = sums.R0;
        mean.Add(sums.R1);
        mean.Add(sums.R2);
        mean.Add(sums.R3);
        mean.Add(sums.R4);
        mean.Add(sums.R5);
        mean.Add(sums.R6);
        mean.Add(sums.R7);
        OverRows(ref mean);
        mean.Multiply(1f / (left < ProductColumns.Rows ? left : ProductColumns.Rows));
        var squares = default(Octet);
        var row = ((Group.IdxX & 31) >> 2) * 4;
        Add(ref squares, sums.R0, mean, row < left);
        Add(ref squares, sums.R1, mean, row + 1 < left);
        Add(ref squares, sums.R2, mean, row + 2 < left);
        Add(ref squares, sums.R3, mean, row + 3 < left);
        Add(ref squares, sums.R4, mean, row + 32 < left);
        Add(ref squares, sums.R5, mean, row + 33 < left);
        Add(ref squares, sums.R6, mean, row + 34 < left);
        Add(ref squares, sums.R7, mean, row + 35 < left);
        OverRows(ref squares);
        if (row > 0)
            return;
        var writer = new ProductWriter(new ProductEnd(1, 0, 1, 0), parts, 0, columns, column, default);
        writer.Write<TTransfer>(2 * tile, mean);
        writer.Write<TTransfer>((2 * tile) + 1, squares);
    }

    private static void Add(ref Octet squares, Octet value, Octet mean, bool isRow)
    {
        if (isRow)
            squares.AddSquares(value, mean);
    }

    /// <summary>The sums of the eight lanes that hold the same columns, in each of them.</summary>
    private static void OverRows(ref Octet value)
    {
        // A loop, because three copies side by side spilled registers.
        for (var distance = 4; distance < WarpReduce.Size; distance *= 2)
        {
            value.C0 += Warp.ShuffleXor(value.C0, distance);
            value.C1 += Warp.ShuffleXor(value.C1, distance);
            value.C2 += Warp.ShuffleXor(value.C2, distance);
            value.C3 += Warp.ShuffleXor(value.C3, distance);
            value.C4 += Warp.ShuffleXor(value.C4, distance);
            value.C5 += Warp.ShuffleXor(value.C5, distance);
            value.C6 += Warp.ShuffleXor(value.C6, distance);
            value.C7 += Warp.ShuffleXor(value.C7, distance);
        }
    }
}
