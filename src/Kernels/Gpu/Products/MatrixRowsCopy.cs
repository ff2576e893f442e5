using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The thread's copies of a stage of <see cref="MatrixRows"/>.</summary>
/// <param name="Term">The first one's term.</param>
/// <param name="Index">Where it lies in the operand.</param>
/// <param name="Depth">Terms.</param>
/// <param name="Columns">Columns of the operand.</param>
/// <param name="Source">The operand.</param>
/// <param name="Address">Its address.</param>
/// <param name="Shared">Shared memory.</param>
/// <param name="Stage">Where the operand's stage starts.</param>
/// <param name="Width">Columns a block.</param>
internal readonly record struct MatrixRowsCopy<TTile, TTransfer>(
    int Term, int Index, int Depth, int Columns, ArrayView<float> Source, long Address, ArrayView<float> Shared, int Stage, int Width) : IStageCopy
    where TTile : unmanaged, IProductTile
    where TTransfer : unmanaged, ITransfer
{
    /// <summary>What a copy is on from the first follows from its number alone, because threads and copies a term are powers of two. Those of 16 bytes stay in their column.</summary>
    public void Start(int i)
    {
        var (column, term) = MatrixRows.Place<TTransfer>(Group.IdxX, Width);
        if (TTransfer.Width == 4)
        {
            // A power of two and more than the first term: the layout's exchange follows by itself.
            var down = i * (ProductTile<TTile>.Threads * TTransfer.Width / Width);
            var target = SharedLayout.AlongRows(Width, column, term);
            TTransfer.Copy(Source, Address, Index + (down * Columns), Term + down < Depth, Shared, Stage + (target ^ ((down & 12) << 1)) + (down * Width));
        }
        else
        {
            var right = (i * ProductTile<TTile>.Threads) & (Width - 1);
            var down = (i * ProductTile<TTile>.Threads) >> PowerOfTwo.Log(Width);
            var inside = Term + down < Depth && Index + right - (Term * Columns) < Columns;
            TTransfer.Copy(Source, Address, Index + (down * Columns) + right, inside, Shared, Stage + SharedLayout.AlongRows(Width, column + right, term + down));
        }
    }
}
