using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>A right operand stored one column after the other, the terms of each side by side.</summary>
/// <param name="Stride">Floats from a column to the next.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Target">Where the thread's first copy goes in a stage.</param>
public readonly record struct MatrixColumns(int Stride, int Columns, int Target)
{
    /// <summary>Copies the thread's part of a stage.</summary>
    /// <param name="exists">Whether the thread's term exists.</param>
    /// <param name="source">The operand.</param>
    /// <param name="address">Its address.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="stage">Where the operand's stage starts.</param>
    /// <param name="start">The thread's term of the block's first column.</param>
    /// <param name="first">The block's first column.</param>
    public void Load<TTile, TTransfer>(bool exists, ArrayView<float> source, long address, ArrayView<float> shared, int stage, int start, int first)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        if (TTransfer.Width == 4)
        {
            One<TTile, TTransfer>(0, exists, source, address, shared, stage, start, first);
            One<TTile, TTransfer>(1, exists, source, address, shared, stage, start, first);
        }
        else
        {
            for (var i = 0; i < ProductTile<TTile>.Columns * StageCopies<TTransfer>.OfRow / ProductTile<TTile>.Threads; i++)
                One<TTile, TTransfer>(i, exists, source, address, shared, stage, start, first);
        }
    }

    private void One<TTile, TTransfer>(int i, bool exists, ArrayView<float> source, long address, ArrayView<float> shared, int stage, int start, int first)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var column = StageCopies<TTransfer>.Row + (i * StageCopies<TTransfer>.RowsApart(ProductTile<TTile>.Threads));
        TTransfer.Copy(source, address, start + (column * Stride), exists && first + column < Columns, shared, stage + StageCopies<TTransfer>.Target(Target, i, ProductTile<TTile>.Threads));
    }
}
