using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>A right operand stored one column after the other, the terms of each side by side.</summary>
/// <param name="Stride">Floats from a column to the next.</param>
/// <param name="Left">Columns from the block's first to the last; 0 where the thread's term does not exist.</param>
/// <param name="First">The thread's term of the block's first column.</param>
/// <param name="Source">The operand.</param>
/// <param name="Address">Its address.</param>
/// <param name="Shared">Shared memory.</param>
/// <param name="Stage">Where the operand's stage starts.</param>
/// <param name="Target">Where the thread's first copy goes in it.</param>
internal readonly record struct MatrixColumns<TTile, TTransfer>(
    int Stride, int Left, int First, ArrayView<float> Source, long Address, ArrayView<float> Shared, int Stage, int Target) : IStageCopy
    where TTile : unmanaged, IProductTile
    where TTransfer : unmanaged, ITransfer
{
    /// <summary>Copies the thread's part of the stage.</summary>
    public void Load() => StageCopies<TTransfer>.Start(this, ProductTile<TTile>.Columns * StageCopies<TTransfer>.OfRow / ProductTile<TTile>.Threads);

    /// <inheritdoc/>
    public void Start(int i)
    {
        var column = StageCopies<TTransfer>.Row + (i * StageCopies<TTransfer>.RowsApart(ProductTile<TTile>.Threads));
        TTransfer.Copy(Source, Address, First + (column * Stride), column < Left, Shared, Stage + StageCopies<TTransfer>.Target(Target, i, ProductTile<TTile>.Threads));
    }
}
