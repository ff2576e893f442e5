using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>dw (R S C, K) = x's patches transposed (R S C, N P Q) times dy (N P Q, K).</summary>
public struct BackwardFilterPass : IProductPass<BackwardFilterPass>
{
    private Conv2dShape _s;
    private PixelWalker _at;
    private int _depth;

    /// <inheritdoc/>
    public static bool LeftAlongDepth => false;

    /// <inheritdoc/>
    public static bool RightAlongDepth => false;

    /// <inheritdoc/>
    public static BackwardFilterPass Create(Conv2dShape s, int phase) => new() { _s = s };

    /// <inheritdoc/>
    public readonly int Rows => _s.R * _s.S * _s.C;

    /// <inheritdoc/>
    public readonly int Columns => _s.K;

    /// <inheritdoc/>
    public readonly int Depth => _s.N * _s.P * _s.Q;

    /// <inheritdoc/>
    public readonly ProductRow Row(int row)
    {
        var tap = row / _s.C;
        var r = tap / _s.S;
        var s = tap - (r * _s.S);
        return new ProductRow((((r * _s.W) + s) * _s.C) + row - (tap * _s.C), ProductRow.Pack(r, s), row);
    }

    /// <inheritdoc/>
    public void Seek<TTile, TTransfer>(int depth)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        _depth = depth;
        _at = PixelWalker.At(depth + (Group.IdxX / (ProductTile<TTile>.Rows / TTransfer.Width)), _s.P, _s.Q);
    }

    /// <inheritdoc/>
    public void Load<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, ArrayView<int> rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        // A pixel's rows of the block are copied by all threads at once, by several pixels' worth of threads, or in several rounds.
        var copies = ProductTile<TTile>.Rows / TTransfer.Width;
        var rounds = copies > ProductTile<TTile>.Threads ? copies / ProductTile<TTile>.Threads : 1;
        var pixels = ProductTile<TTile>.Threads * rounds / copies;
        for (var i = 0; i < 16 / pixels; i++)
        {
            var h = (_at.P * _s.StrideH) - _s.PadTop;
            var w = (_at.Q * _s.StrideW) - _s.PadLeft;
            var start = ((((_at.N * _s.H) + h) * _s.W) + w) * _s.C;
            for (var round = 0; round < rounds; round++)
            {
                var row = ((Group.IdxX % copies) + (round * ProductTile<TTile>.Threads)) * TTransfer.Width;
                var corner = rows[ProductTile<TTile>.Rows + row];
                var inside = (uint)(h + ProductRow.Height(corner)) < (uint)_s.H && (uint)(w + ProductRow.Width(corner)) < (uint)_s.W && _at.Pixel < Depth;
                var term = (Group.IdxX / copies) + (i * pixels);
                TTransfer.Copy(
                    operands.Left, operands.LeftAddress, start + rows[row], inside, shared, stage + SharedLayout.AlongRows(ProductTile<TTile>.Rows, row, term));
            }

            _at.Advance(pixels);
        }

        new MatrixRows(Depth, _s.K).Load<TTile, TTransfer>(
            _depth, operands.Right, operands.RightAddress, shared, stage + (ProductTile<TTile>.Rows * 16), ProductTile<TTile>.Columns, firstColumn);
        _depth += 16;
    }
}
