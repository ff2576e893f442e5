using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Matrix products whose operands are gathered as they are needed (implicit GEMM): every pass of a convolution, and plain products.</summary>
/// <remarks>A block computes a tile of the result. Its operands come in stages of 16 terms into shared memory, the next while the present one is multiplied;
/// a warp multiplies 64 x 32 of it in registers. Sums run in the order of the terms; split sums are added up in the order of the parts.</remarks>
public static class GpuProduct
{
    /// <summary>target = alpha * sums + beta * target + bias, where an empty bias counts as zero.</summary>
    /// <typeparam name="TPass">What is multiplied.</typeparam>
    /// <typeparam name="TTile">Results a block.</typeparam>
    /// <typeparam name="TInner">The inner loop.</typeparam>
    /// <typeparam name="TTransfer">How operands come into shared memory.</typeparam>
    public static void Run<TPass, TTile, TInner, TTransfer>(Conv2dShape s, ProductEnd end, ProductOperands operands, ArrayView<float> bias)
        where TPass : unmanaged, IProductPass<TPass>
        where TTile : unmanaged, IProductTile
        where TInner : unmanaged, IInnerProduct
        where TTransfer : unmanaged, ITransfer
    {
        var shared = SharedMemory.Allocate<float>(ProductTile<TTile>.SharedLength);
        var rows = shared.SubView(ProductTile<TTile>.TableStart, 3 * ProductTile<TTile>.Rows).Cast<int>();
        var pass = TPass.Create(s, Grid.IdxY);
        var across = (pass.Columns + ProductTile<TTile>.Columns - 1) / ProductTile<TTile>.Columns;
        var firstRow = Grid.IdxX / across * ProductTile<TTile>.Rows;
        var firstColumn = Grid.IdxX % across * ProductTile<TTile>.Columns;
        if (firstRow >= pass.Rows)
            return;
        for (var row = Group.IdxX; row < ProductTile<TTile>.Rows; row += ProductTile<TTile>.Threads)
        {
            var entry = firstRow + row < pass.Rows ? pass.Row(firstRow + row) : ProductRow.None;
            rows[row] = entry.Base;
            rows[ProductTile<TTile>.Rows + row] = entry.Corner;
            rows[(2 * ProductTile<TTile>.Rows) + row] = entry.Output;
        }

        Group.Barrier();
        var stages = (pass.Depth + 15) / 16;
        var share = (stages + end.Splits - 1) / end.Splits;
        var first = Grid.IdxZ * share;
        var last = first + share < stages ? first + share : stages;
        var warp = Group.IdxX >> 5;
        var sums = default(Accumulators);
        TInner.Start();
        pass.Seek<TTile, TTransfer>(first * 16);
        if (first < last)
            pass.Load<TTile, TTransfer>(operands, shared, rows, 0, firstColumn);
        var present = 0;
        for (var stage = first; stage < last; stage++)
        {
            TTransfer.Wait();
            Group.Barrier();
            if (stage + 1 < last)
                pass.Load<TTile, TTransfer>(operands, shared, rows, ProductTile<TTile>.StageLength - present, firstColumn);
            TInner.Multiply(
                ref sums, shared, new StageOperand(TPass.LeftAlongDepth, present, ProductTile<TTile>.Rows, warp / TTile.WarpsAcross * 64),
                new StageOperand(TPass.RightAlongDepth, present + (ProductTile<TTile>.Rows * 16), ProductTile<TTile>.Columns, warp % TTile.WarpsAcross * 32));
            present = ProductTile<TTile>.StageLength - present;
        }

        Group.Barrier();
        TInner.Finish(ref sums, shared);
        var lane = Group.IdxX & 31;
        var column = firstColumn + (warp % TTile.WarpsAcross * 32) + ((lane & 3) * 8);
        var writer = new ProductWriter(
            end, operands.Target, (long)Grid.IdxZ * pass.Rows * pass.Columns, pass.Columns, column, ProductWriter.BiasOf(bias, column));
        var at = (2 * ProductTile<TTile>.Rows) + (warp / TTile.WarpsAcross * 64) + ((lane >> 2) * 4);
        writer.Write<TTransfer>(rows[at], sums.R0);
        writer.Write<TTransfer>(rows[at + 1], sums.R1);
        writer.Write<TTransfer>(rows[at + 2], sums.R2);
        writer.Write<TTransfer>(rows[at + 3], sums.R3);
        writer.Write<TTransfer>(rows[at + 32], sums.R4);
        writer.Write<TTransfer>(rows[at + 33], sums.R5);
        writer.Write<TTransfer>(rows[at + 34], sums.R6);
        writer.Write<TTransfer>(rows[at + 35], sums.R7);
    }

    /// <summary>target = alpha * (the sum of the parts, in their order) + beta * target.</summary>
    public static void AddParts(ProductEnd end, ArrayView<float> parts, ArrayView<float> target)
    {
        var i = GpuIndex.Global;
        if (i >= target.Length)
            return;
        var sum = 0f;
        for (var part = 0; part < end.Splits; part++)
            sum += parts[(part * target.Length) + i];
        target[i] = end.Beta == 0 ? end.Alpha * sum : (end.Alpha * sum) + (end.Beta * target[i]);
    }
}
