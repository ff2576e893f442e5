using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The left operand of the passes whose rows are pixels: channels of the pixels under a filter's taps.</summary>
/// <param name="Height">The source's height.</param>
/// <param name="Width">Its width.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Depth">Terms of a sum.</param>
/// <param name="Direction">1 where taps go down and right, -1 where they go up and left.</param>
public readonly record struct RowGather(int Height, int Width, int Channels, int Depth, int Direction)
{
    /// <summary>Copies the thread's part of a stage.</summary>
    public void Load<TTile, TTransfer>(TapWalker at, ArrayView<float> source, long address, ArrayView<float> shared, ArrayView<int> rows, int stage)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var copies = 16 / TTransfer.Width;
        var place = Group.IdxX % copies * TTransfer.Width;
        var down = Direction * at.R;
        var right = Direction * at.S;
        var step = (((down * Width) + right) * Channels) + at.C;
        for (var i = 0; i < ProductTile<TTile>.Rows * copies / ProductTile<TTile>.Threads; i++)
        {
            var row = (Group.IdxX / copies) + (i * (ProductTile<TTile>.Threads / copies));
            var corner = rows[ProductTile<TTile>.Rows + row];
            var h = ProductRow.Height(corner) + down;
            var w = ProductRow.Width(corner) + right;
            var inside = (uint)h < (uint)Height && (uint)w < (uint)Width && at.Depth < Depth;
            TTransfer.Copy(source, address, (rows[row] * Channels) + step, inside, shared, stage + SharedLayout.AlongDepth(row, place));
        }
    }
}
