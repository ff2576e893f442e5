using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The left operand of the passes whose rows are pixels: channels of the pixels under a filter's taps.</summary>
/// <param name="Width">The source's width.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Depth">Terms of a sum.</param>
/// <param name="Direction">1 where taps go down and right, -1 where they go up and left.</param>
/// <param name="Target">Where the thread's first copy goes in a stage.</param>
public readonly record struct RowGather(int Width, int Channels, int Depth, int Direction, int Target)
{
    /// <summary>Copies the thread's part of a stage.</summary>
    public void Load<TTile, TTransfer>(TapWalker at, ArrayView<float> source, long address, ArrayView<float> shared, RowTable rows, int stage)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var tap = at.Depth < Depth ? ProductRow.Tap(at.R, at.S) : ProductRow.NoTap;
        var step = (Direction * ((at.R * Width) + at.S) * Channels) + at.C;
        var copies = ProductTile<TTile>.Rows * StageCopies<TTransfer>.OfRow / ProductTile<TTile>.Threads;
        if (TTransfer.Width == 4)
        {
            // Written out, because the compilers do not unroll the loop.
            One<TTile, TTransfer>(0, tap, step, source, address, shared, rows, stage);
            One<TTile, TTransfer>(1, tap, step, source, address, shared, rows, stage);
            if (copies > 2)
            {
                One<TTile, TTransfer>(2, tap, step, source, address, shared, rows, stage);
                One<TTile, TTransfer>(3, tap, step, source, address, shared, rows, stage);
            }

            if (copies > 4)
            {
                One<TTile, TTransfer>(4, tap, step, source, address, shared, rows, stage);
                One<TTile, TTransfer>(5, tap, step, source, address, shared, rows, stage);
                One<TTile, TTransfer>(6, tap, step, source, address, shared, rows, stage);
                One<TTile, TTransfer>(7, tap, step, source, address, shared, rows, stage);
            }
        }
        else
        {
            for (var i = 0; i < copies; i++)
                One<TTile, TTransfer>(i, tap, step, source, address, shared, rows, stage);
        }
    }

    private void One<TTile, TTransfer>(int i, int tap, int step, ArrayView<float> source, long address, ArrayView<float> shared, RowTable rows, int stage)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var row = StageCopies<TTransfer>.Row + (i * StageCopies<TTransfer>.RowsApart(ProductTile<TTile>.Threads));
        var entry = rows[row];
        TTransfer.Copy(source, address, entry.Base + step, (entry.Taps & tap) == tap, shared, stage + StageCopies<TTransfer>.Target(Target, i, ProductTile<TTile>.Threads));
    }
}
