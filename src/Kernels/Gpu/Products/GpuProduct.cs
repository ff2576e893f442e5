using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Matrix products whose operands are gathered as they are needed (implicit GEMM): every pass of a convolution, and plain products.</summary>
/// <remarks>A block computes a tile of the result. Its operands come in stages of 16 terms into shared memory, the next while the present one is multiplied;
/// a warp multiplies 64 x 32 of it in registers. Sums run in the order of the terms; split sums are added up in an order that only their number decides.</remarks>
public static class GpuProduct
{
    /// <summary>Elements a group of <see cref="AddManyParts"/>: 64 bytes side by side.</summary>
    public const int PartColumns = 16;

    /// <summary>Registers a thread that the assembler may use: all of them where copies are single floats or no convolution is made of the pass, which are rare and need a few more than fit beside a second block.</summary>
    public static int Registers<TPass, TInner, TTransfer>()
        where TPass : unmanaged, IProductPass<TPass>
        where TInner : unmanaged, IInnerProduct<TInner>
        where TTransfer : unmanaged, ITransfer => TTransfer.Width == 1 || !TPass.IsMain ? 255 : TInner.Registers;

    /// <summary>target = alpha * sums + beta * target + bias, where an empty bias counts as zero.</summary>
    /// <remarks>Grid: tiles across the columns (next to each other, so that they share rows of the left operand in the cache), down the rows, and parts or else phases.
    /// Where more is wanted of the columns, alpha is 1, the bias empty, there are no parts, and phases have equally many rows; for moments beta is 0, for a cotangent's sums accesses are of 128 bits.</remarks>
    /// <typeparam name="TPass">What is multiplied.</typeparam>
    /// <typeparam name="TTile">Results a block.</typeparam>
    /// <typeparam name="TInner">The inner loop.</typeparam>
    /// <typeparam name="TTransfer">How operands come into shared memory.</typeparam>
    public static void Run<TPass, TTile, TInner, TTransfer>(Conv2dShape s, ProductEnd end, ProductOperands operands, ArrayView<float> bias, ProductColumns wanted)
        where TPass : unmanaged, IProductPass<TPass>
        where TTile : unmanaged, IProductTile
        where TInner : unmanaged, IInnerProduct<TInner>
        where TTransfer : unmanaged, ITransfer
    {
        var shared = SharedMemory.Allocate<float>(ProductTile<TTile>.SharedLength + TPass.OtherLength<TTile>());
        var rows = new RowTable(shared, ProductTile<TTile>.TableStart, ProductTile<TTile>.Rows);
        var (part, phase) = end.Splits > 1 ? (Grid.IdxZ, 0) : (0, Grid.IdxZ);
        var pass = TPass.Create(s, phase);
        var firstRow = Grid.IdxY * ProductTile<TTile>.Rows;
        var firstColumn = Grid.IdxX * ProductTile<TTile>.Columns;
        if (firstRow >= pass.Rows)
            return;
        for (var row = Group.IdxX; row < ProductTile<TTile>.Rows; row += ProductTile<TTile>.Threads)
            rows.Set(row, firstRow + row < pass.Rows ? pass.Row(firstRow + row) : ProductRow.None);

        Group.Barrier();
        var stages = (pass.Depth + 15) >> 4;
        var first = part * end.Stages;
        var left = stages - first < end.Stages ? stages - first : end.Stages;
        var warp = Group.IdxX >> 5;
        var acrossLog = PowerOfTwo.Log(TTile.WarpsAcross);
        var warpRow = (warp >> acrossLog) * ProductColumns.Rows;
        var warpColumn = (warp & (TTile.WarpsAcross - 1)) * 32;
        var sums = default(Accumulators);
        var inner = TInner.Create(
            new StageOperand(TPass.LeftAlongDepth, 0, ProductTile<TTile>.Rows, warpRow),
            new StageOperand(TPass.RightAlongDepth, ProductTile<TTile>.Rows * 16, ProductTile<TTile>.Columns, warpColumn));
        pass.Seek<TTile, TTransfer>(first * 16, firstColumn, rows);
        if (left > 0)
            pass.Load<TTile, TTransfer>(operands, shared, rows, Stage<TTile>(left), firstColumn);
        for (; left > 0; left--)
        {
            // Which of the two stages is the present one follows from their number: one register less than to remember it.
            var present = Stage<TTile>(left);
            TTransfer.Wait();
            if (TPass.Maps)
                pass.Map<TTile, TTransfer>(operands, shared, rows, present, firstColumn);
            Group.Barrier();
            pass.Advance();
            if (left > 1)
                pass.Load<TTile, TTransfer>(operands, shared, rows, Stage<TTile>(left - 1), firstColumn);
            inner.Multiply(ref sums, shared, present);
        }

        var lane = Group.IdxX & 31;
        var column = firstColumn + warpColumn + ((lane & 3) * 8);
        var start = (long)part * pass.Rows * pass.Columns;
        var at = warpRow + ((lane >> 2) * 4);
        var tile = (firstRow + warpRow) / ProductColumns.Rows;
        var leaves = (TPass.LeavesMoments || TPass.LeavesSums) && wanted.Parts.Length > 0;
        var written = TInner.Writes && TTransfer.Width == 4 && end.Alpha == 1 && end.Beta == 0 && bias.Length == 0 && !(TPass.LeavesSums && leaves);
        if (written)
        {
            TInner.Write(operands.TargetAddress + ((start + column) * sizeof(float)), rows, at, pass.Columns, pass.Columns - column);
            if (!leaves)
                return;
        }

        Group.Barrier();
        TInner.Finish(ref sums, shared);
        if (TPass.LeavesMoments && leaves)
            ColumnMoments.Write<TTransfer>(ref sums, tile, pass.Rows, pass.Columns, column, wanted.Parts);
        if (written)
            return;
        if (TPass.LeavesSums && TTransfer.Width == 4 && leaves)
        {
            // A warp past the last row has no tile; phases have theirs one behind the other.
            var tiles = (pass.Rows + ProductColumns.Rows - 1) / ProductColumns.Rows;
            if (tile < tiles)
                CotangentSums.Write(ref sums, rows, at, (phase * tiles) + tile, end.Beta, operands.Target, pass.Columns, column, wanted);
            return;
        }

        var writer = new ProductWriter(end, operands.Target, start, pass.Columns, column, ProductWriter.BiasOf(bias, column));
        writer.Write<TTransfer>(rows.Output(at), sums.R0);
        writer.Write<TTransfer>(rows.Output(at + 1), sums.R1);
        writer.Write<TTransfer>(rows.Output(at + 2), sums.R2);
        writer.Write<TTransfer>(rows.Output(at + 3), sums.R3);
        writer.Write<TTransfer>(rows.Output(at + 32), sums.R4);
        writer.Write<TTransfer>(rows.Output(at + 33), sums.R5);
        writer.Write<TTransfer>(rows.Output(at + 34), sums.R6);
        writer.Write<TTransfer>(rows.Output(at + 35), sums.R7);
    }

    /// <summary>target = alpha * (the sum of the parts) + beta * target + bias; a thread an element.</summary>
    public static void AddParts(ProductEnd end, int columns, ArrayView<float> parts, ArrayView<float> bias, ArrayView<float> target)
    {
        var i = GpuIndex.Global;
        if (i < target.Length)
            Finish(end, columns, PartSum(end.Splits, 0, 1, i, parts, target.Length), i, bias, target);
    }

    /// <summary>The same for many parts: 16 threads an element, each for every 16th part; their sums are added up in halves.</summary>
    public static void AddManyParts(ProductEnd end, int columns, ArrayView<float> parts, ArrayView<float> bias, ArrayView<float> target)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var lane = Group.IdxX / PartColumns;
        var i = ((long)Grid.IdxX * PartColumns) + (Group.IdxX & (PartColumns - 1));
        var lanes = Group.DimX / PartColumns;
        shared[Group.IdxX] = i < target.Length ? PartSum(end.Splits, lane, lanes, i, parts, target.Length) : 0f;
        Group.Barrier();
        for (var half = lanes / 2; half > 0; half /= 2)
        {
            if (lane < half)
                shared[Group.IdxX] += shared[Group.IdxX + (half * PartColumns)];
            Group.Barrier();
        }

        if (lane == 0 && i < target.Length)
            Finish(end, columns, shared[Group.IdxX], i, bias, target);
    }

    /// <summary>Where the stage starts that has so many left, itself included.</summary>
    private static int Stage<TTile>(int left)
        where TTile : unmanaged, IProductTile => (left & 1) * ProductTile<TTile>.StageLength;

    /// <summary>Parts first, first + step, ... of an element, one after the other as <see cref="GpuChannels"/> adds them; four reads are under way at a time.</summary>
    private static float PartSum(int count, int first, int step, long i, ArrayView<float> parts, long length)
    {
        var sum = 0f;
        var part = first;
        for (; part + (3 * step) < count; part += 4 * step)
        {
            var a = parts[(part * length) + i];
            var b = parts[((part + step) * length) + i];
            var c = parts[((part + (2 * step)) * length) + i];
            var d = parts[((part + (3 * step)) * length) + i];
            sum += a;
            sum += b;
            sum += c;
            sum += d;
        }

        for (; part < count; part += step)
            sum += parts[(part * length) + i];
        return sum;
    }

    private static void Finish(ProductEnd end, int columns, float sum, long i, ArrayView<float> bias, ArrayView<float> target)
    {
        var value = end.Alpha * sum;
        if (end.Beta != 0)
            value += end.Beta * target[i];
        if (bias.Length > 0)
            value += bias[(int)((uint)i % (uint)columns)];
        target[i] = value;
    }
}
