using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>An operand stored one term a row, (Depth, Columns) row-major.</summary>
/// <param name="Depth">Terms of a sum.</param>
/// <param name="Columns">Columns.</param>
public readonly record struct MatrixRows(int Depth, int Columns)
{
    /// <summary>Copies the thread's part of a stage.</summary>
    /// <param name="depth">The stage's first term.</param>
    /// <param name="source">The operand.</param>
    /// <param name="address">Its address.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="stage">Where the operand's stage starts.</param>
    /// <param name="width">Columns a block.</param>
    /// <param name="first">The block's first column.</param>
    public void Load<TTile, TTransfer>(int depth, ArrayView<float> source, long address, ArrayView<float> shared, int stage, int width, int first)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var copies = width / TTransfer.Width;
        for (var i = 0; i < 16 * copies / ProductTile<TTile>.Threads; i++)
        {
            var copy = Group.IdxX + (i * ProductTile<TTile>.Threads);
            var column = copy % copies * TTransfer.Width;
            var term = copy / copies;
            var inside = depth + term < Depth && first + column < Columns;
            TTransfer.Copy(source, address, ((depth + term) * Columns) + first + column, inside, shared, stage + SharedLayout.AlongRows(width, column, term));
        }
    }
}
