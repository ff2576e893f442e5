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
/// <param name="Mapping">The second tensor of an operand that has one.</param>
internal readonly record struct MatrixRowsCopy<TTile, TTransfer, TMap>(
    int Term, int Index, int Depth, int Columns, ArrayView<float> Source, long Address, ArrayView<float> Shared, int Stage, int Width, OperandMapping Mapping) : IStageCopy
    where TTile : unmanaged, IProductTile
    where TTransfer : unmanaged, ITransfer
    where TMap : unmanaged, IOperandMap
{
    /// <inheritdoc/>
    public void Start(int i)
    {
        if (TTransfer.Width == 4)
        {
            var index = Index + (MatrixRows.QuadsDown<TTile>(i, Width) * Columns);
            var inside = (uint)index < (uint)(Depth * Columns);
            TTransfer.Copy(Source, Address, index, inside, Shared, Stage + MatrixRows.QuadTarget<TTile>(i, Width));
            MappedQuad<TTile, TTransfer, TMap>.CopyOther(i, Mapping, index, inside, Shared);
        }
        else
        {
            var (column, term) = MatrixRows.Place<TTransfer>(Group.IdxX, Width);
            var right = (i * ProductTile<TTile>.Threads) & (Width - 1);
            var down = (i * ProductTile<TTile>.Threads) >> PowerOfTwo.Log(Width);
            var inside = Term + down < Depth && Index + right - (Term * Columns) < Columns;
            TTransfer.Copy(Source, Address, Index + (down * Columns) + right, inside, Shared, Stage + SharedLayout.AlongRows(Width, column + right, term + down));
        }
    }
}
