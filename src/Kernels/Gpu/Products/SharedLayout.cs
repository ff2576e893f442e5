namespace CudaNoisy.Kernels.Gpu;

/// <summary>The two ways an operand's stage lies in shared memory, after its contiguous direction in global memory. Both are swizzled so that neither the
/// copies in nor the 128-bit reads out meet a bank conflict; see docs/gpu.md.</summary>
public static class SharedLayout
{
    /// <summary>Along the depth: 16 terms of a row, then the next row. Two rows fill the 32 banks; which half a row takes alternates with row and row/4, and the order of its quads changes with row/8.</summary>
    public static int AlongDepth(int row, int depth) => ((row >> 1) << 5) + (((row ^ (row >> 2)) & 1) << 4) + (depth ^ ((row >> 1) & 12));

    /// <summary>Along the rows: all rows of one term, then the next term. Blocks of 8 are exchanged by term/4.</summary>
    /// <param name="rows">Rows (or columns) of the block, a multiple of 32.</param>
    /// <param name="row">The row.</param>
    /// <param name="depth">The term, 0 to 15.</param>
    public static int AlongRows(int rows, int row, int depth) => (depth * rows) + (row ^ ((depth & 12) << 1));
}
