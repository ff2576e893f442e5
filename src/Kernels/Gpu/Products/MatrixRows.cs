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
        var copies = 16 * width / TTransfer.Width / ProductTile<TTile>.Threads;
        if (TTransfer.Width == 4)
        {
            Quad<TTile, TTransfer>(0, depth, columns, source, address, shared, stage, width);
            Quad<TTile, TTransfer>(1, depth, columns, source, address, shared, stage, width);
            if (copies > 2)
            {
                Quad<TTile, TTransfer>(2, depth, columns, source, address, shared, stage, width);
                Quad<TTile, TTransfer>(3, depth, columns, source, address, shared, stage, width);
            }

            if (copies > 4)
            {
                Quad<TTile, TTransfer>(4, depth, columns, source, address, shared, stage, width);
                Quad<TTile, TTransfer>(5, depth, columns, source, address, shared, stage, width);
                Quad<TTile, TTransfer>(6, depth, columns, source, address, shared, stage, width);
                Quad<TTile, TTransfer>(7, depth, columns, source, address, shared, stage, width);
            }
        }
        else
        {
            // What a copy is on from the first follows from its number alone, because threads and copies a term are powers of two.
            for (var i = 0; i < copies; i++)
            {
                var right = (i * ProductTile<TTile>.Threads) & (width - 1);
                var down = (i * ProductTile<TTile>.Threads) >> PowerOfTwo.Log(width);
                var (column, term) = Place<TTransfer>(Group.IdxX, width);
                var inside = _term + down < depth && _index + right - (_term * columns) < columns;
                TTransfer.Copy(source, address, _index + (down * columns) + right, inside, shared, stage + SharedLayout.AlongRows(width, column + right, term + down));
            }
        }

        _term += 16;
        _index += 16 * columns;
    }

    /// <summary>Copies of 16 bytes are a number of terms apart that is a power of two and more than the first one's number: the layout's exchange follows by itself.</summary>
    private readonly void Quad<TTile, TTransfer>(int i, int depth, int columns, ArrayView<float> source, long address, ArrayView<float> shared, int stage, int width)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var (column, term) = Place<TTransfer>(Group.IdxX, width);
        var target = SharedLayout.AlongRows(width, column, term);
        var down = i * (ProductTile<TTile>.Threads * TTransfer.Width / width);
        TTransfer.Copy(source, address, _index + (down * columns), _term + down < depth, shared, stage + (target ^ ((down & 12) << 1)) + (down * width));
    }

    private static (int Column, int Term) Place<TTransfer>(int copy, int width)
        where TTransfer : unmanaged, ITransfer
    {
        var copies = width / TTransfer.Width;
        return ((copy & (copies - 1)) * TTransfer.Width, copy >> PowerOfTwo.Log(copies));
    }
}
