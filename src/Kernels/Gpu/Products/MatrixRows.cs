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

        // A column past the end is a term past the end, so that copies have one thing to ask.
        return new MatrixRows
        {
            _term = TTransfer.Width == 4 && first + column >= columns ? int.MaxValue / 2 : depth + term,
            _index = ((depth + term) * columns) + first + column,
        };
    }

    /// <summary>Copies the thread's part of a stage and moves to the next.</summary>
    /// <param name="depth">Terms.</param>
    /// <param name="columns">Columns of the operand.</param>
    /// <param name="source">The operand.</param>
    /// <param name="address">Its address.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="stage">Where the operand's stage starts.</param>
    /// <param name="width">Columns a block.</param>
    public void Load<TTile, TTransfer>(int depth, int columns, ArrayView<float> source, long address, ArrayView<float> shared, int stage, int width)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        StageCopies<TTransfer>.Start(
            new MatrixRowsCopy<TTile, TTransfer>(_term, _index, depth, columns, source, address, shared, stage, width), 16 * width / TTransfer.Width / ProductTile<TTile>.Threads);
        _term += 16;
        _index += 16 * columns;
    }

    /// <summary>The column and term that a copy of a stage starts at.</summary>
    internal static (int Column, int Term) Place<TTransfer>(int copy, int width)
        where TTransfer : unmanaged, ITransfer
    {
        var copies = width / TTransfer.Width;
        return ((copy & (copies - 1)) * TTransfer.Width, copy >> PowerOfTwo.Log(copies));
    }
}
