using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>An operand stored one term a row, (terms, columns) row-major: the thread's place in it.</summary>
public struct MatrixRows
{
    private int _term;
    private int _index;

    /// <summary>The thread's first copy of a stage.</summary>
    /// <param name="depth">The stage's first term.</param>
    /// <param name="columns">Columns of the operand.</param>
    /// <param name="width">Columns a block, a power of two.</param>
    /// <param name="first">The block's first column.</param>
    public static MatrixRows At<TTile, TTransfer>(int depth, int columns, int width, int first)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var (column, term) = Place<TTransfer>(Group.IdxX, width);

        // Copies of 16 bytes stay in their column and ask for the index alone: one past the last column starts past the end and gets no further than 2^32.
        return new MatrixRows { _term = depth + term, _index = TTransfer.Width == 4 && first + column >= columns ? int.MinValue : ((depth + term) * columns) + first + column };
    }

    /// <summary>Copies the thread's part of a stage.</summary>
    /// <param name="depth">Terms.</param>
    /// <param name="columns">Columns of the operand.</param>
    /// <param name="source">The operand.</param>
    /// <param name="address">Its address.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="stage">Where the operand's stage starts.</param>
    /// <param name="width">Columns a block.</param>
    /// <param name="mapping">The second tensor of an operand that has one.</param>
    public readonly void Load<TTile, TTransfer, TMap>(
        int depth, int columns, ArrayView<float> source, long address, ArrayView<float> shared, int stage, int width, OperandMapping mapping)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
        where TMap : unmanaged, IOperandMap
    {
        StageCopies<TTransfer>.Start(
            new MatrixRowsCopy<TTile, TTransfer, TMap>(_term, _index, depth, columns, source, address, shared, stage, width, mapping), Count<TTile, TTransfer>(width));
    }

    /// <summary>Moves to the next stage.</summary>
    /// <param name="columns">Columns of the operand.</param>
    public void Advance(int columns)
    {
        _term += 16;
        _index += 16 * columns;
    }

    /// <summary>Maps what the thread's copies of a stage brought.</summary>
    /// <param name="first">The block's first column.</param>
    /// <param name="columns">Columns of the operand.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="stage">Where the operand's stage starts.</param>
    /// <param name="width">Columns a block.</param>
    /// <param name="table">The columns' numbers.</param>
    public static void Map<TTile, TTransfer, TMap>(int first, int columns, ArrayView<float> shared, int stage, int width, ArrayView<float> table)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
        where TMap : unmanaged, IOperandMap
    {
        var column = first + Place<TTransfer>(Group.IdxX, width).Column;
        if (TMap.IsMap && column < columns)
            StageCopies<TTransfer>.Start(new MatrixRowsMapping<TTile, TTransfer, TMap>(ChannelMap.Load<TMap>(table, columns, column), shared, stage, width), Count<TTile, TTransfer>(width));
    }

    /// <summary>Where the thread's copy of 16 bytes goes in a stage. What it is on from the first follows from its number alone, because threads and copies a term are powers of two.</summary>
    internal static int QuadTarget<TTile>(int i, int width)
        where TTile : unmanaged, IProductTile
    {
        // A power of two and more than the first term: the layout's exchange follows by itself.
        var (column, term) = Place<AsyncQuads>(Group.IdxX, width);
        var down = QuadsDown<TTile>(i, width);
        return (SharedLayout.AlongRows(width, column, term) ^ ((down & 12) << 1)) + (down * width);
    }

    /// <summary>Terms from the thread's first copy of 16 bytes to another; all are in one column.</summary>
    internal static int QuadsDown<TTile>(int i, int width)
        where TTile : unmanaged, IProductTile => i * (ProductTile<TTile>.Threads * 4 / width);

    /// <summary>The column and term that a copy of a stage starts at.</summary>
    internal static (int Column, int Term) Place<TTransfer>(int copy, int width)
        where TTransfer : unmanaged, ITransfer
    {
        var copies = width / TTransfer.Width;
        return ((copy & (copies - 1)) * TTransfer.Width, copy >> PowerOfTwo.Log(copies));
    }

    private static int Count<TTile, TTransfer>(int width)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer => 16 * width / TTransfer.Width / ProductTile<TTile>.Threads;
}
