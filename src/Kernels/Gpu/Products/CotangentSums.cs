using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The end of a product whose result is the cotangent of a batch-norm's output: g, zero where the ReLU was, is written, and each tile leaves the sums of g and of g (x - mean).</summary>
/// <remarks>Four columns at a time, because a thread's registers hold no more beside its accumulators. <see cref="GpuChannelMerges"/> adds the tiles up.</remarks>
public static class CotangentSums
{
    /// <summary>Writes a thread's rows, target = sums + beta * target masked, and its tile's sums.</summary>
    /// <param name="sums">The thread's accumulators.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="at">The thread's first row in the block.</param>
    /// <param name="tile">Which of the product's tiles of 64 rows.</param>
    /// <param name="beta">Factor of what was there; with 0 it is not read.</param>
    /// <param name="target">The result.</param>
    /// <param name="columns">Columns, a multiple of 4.</param>
    /// <param name="column">The thread's first column.</param>
    /// <param name="wanted">The batch-norm, and where the sums go.</param>
    public static void Write(ref Accumulators sums, RowTable rows, int at, int tile, float beta, ArrayView<float> target, int columns, int column, ProductColumns wanted)
    {
        var low = new CotangentColumns(wanted, beta, target, columns, column);
        low.Add(rows.Output(at), sums.R0.Low);
        low.Add(rows.Output(at + 1), sums.R1.Low);
        low.Add(rows.Output(at + 2), sums.R2.Low);
        low.Add(rows.Output(at + 3), sums.R3.Low);
        low.Add(rows.Output(at + 32), sums.R4.Low);
        low.Add(rows.Output(at + 33), sums.R5.Low);
        low.Add(rows.Output(at + 34), sums.R6.Low);
        low.Add(rows.Output(at + 35), sums.R7.Low);
        low.Leave(tile);
        var high = new CotangentColumns(wanted, beta, target, columns, column + 4);
        high.Add(rows.Output(at), sums.R0.High);
        high.Add(rows.Output(at + 1), sums.R1.High);
        high.Add(rows.Output(at + 2), sums.R2.High);
        high.Add(rows.Output(at + 3), sums.R3.High);
        high.Add(rows.Output(at + 32), sums.R4.High);
        high.Add(rows.Output(at + 33), sums.R5.High);
        high.Add(rows.Output(at + 34), sums.R6.High);
        high.Add(rows.Output(at + 35), sums.R7.High);
        high.Leave(tile);
    }
}
