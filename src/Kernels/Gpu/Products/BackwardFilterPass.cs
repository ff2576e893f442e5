using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>dw (R S C, K) = x's patches transposed (R S C, N P Q) times dy (N P Q, K).</summary>
public struct BackwardFilterPass : IProductPass<BackwardFilterPass>
{
    private Conv2dShape _s;
    private PixelWalker _at;
    private int _depth;
    private MatrixRows _dy;

    /// <inheritdoc/>
    public static bool IsMain => true;

    /// <inheritdoc/>
    public static bool LeftAlongDepth => false;

    /// <inheritdoc/>
    public static bool RightAlongDepth => false;

    /// <inheritdoc/>
    public static bool LeavesMoments => false;

    /// <inheritdoc/>
    public static bool LeavesSums => false;

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
        var tap = (int)((uint)row / (uint)_s.C);
        var r = (int)((uint)tap / (uint)_s.S);
        var s = tap - (r * _s.S);
        return new ProductRow((((r * _s.W) + s) * _s.C) + row - (tap * _s.C), ProductRow.Pack(r, s), row);
    }

    /// <inheritdoc/>
    public void Seek<TTile, TTransfer>(int depth, int firstColumn, RowTable rows)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        _depth = depth;
        _at = PixelWalker.At(depth + (Group.IdxX >> CopiesLog<TTile, TTransfer>()), _s);
        _dy = MatrixRows.At<TTile, TTransfer>(depth, _s.K, ProductTile<TTile>.Columns, firstColumn);
    }

    /// <inheritdoc/>
    public void Load<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        // A pixel's rows of the block are copied by all threads at once, by several pixels' worth of threads, or in several rounds.
        var copies = ProductTile<TTile>.Rows / TTransfer.Width;
        var rounds = copies > ProductTile<TTile>.Threads ? copies / ProductTile<TTile>.Threads : 1;
        var pixels = ProductTile<TTile>.Threads * rounds / copies;
        if (TTransfer.Width == 4)
        {
            var row = (Group.IdxX & (copies - 1)) * TTransfer.Width;
            var entry = rows[row];
            Pixel<TTile, TTransfer>(0, pixels, row, entry, operands, shared, stage);
            Pixel<TTile, TTransfer>(1, pixels, row, entry, operands, shared, stage);
            if (pixels < 8)
            {
                Pixel<TTile, TTransfer>(2, pixels, row, entry, operands, shared, stage);
                Pixel<TTile, TTransfer>(3, pixels, row, entry, operands, shared, stage);
            }

            if (pixels < 4)
            {
                Pixel<TTile, TTransfer>(4, pixels, row, entry, operands, shared, stage);
                Pixel<TTile, TTransfer>(5, pixels, row, entry, operands, shared, stage);
                Pixel<TTile, TTransfer>(6, pixels, row, entry, operands, shared, stage);
                Pixel<TTile, TTransfer>(7, pixels, row, entry, operands, shared, stage);
            }
        }
        else
        {
            for (var i = 0; i < 16 / pixels; i++)
            {
                for (var round = 0; round < rounds; round++)
                {
                    var row = ((Group.IdxX & (copies - 1)) + (round * ProductTile<TTile>.Threads)) * TTransfer.Width;
                    Copy<TTile, TTransfer>(i * pixels, row, rows[row], operands, shared, stage);
                }

                _at.Advance(pixels, _s);
            }
        }

        _dy.Load<TTile, TTransfer>(Depth, _s.K, operands.Right, operands.RightAddress, shared, stage + (ProductTile<TTile>.Rows * 16), ProductTile<TTile>.Columns);
        _depth += 16;
    }

    private static int CopiesLog<TTile, TTransfer>()
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer => PowerOfTwo.Log(ProductTile<TTile>.Rows / TTransfer.Width);

    private void Pixel<TTile, TTransfer>(int i, int pixels, int row, RowEntry entry, ProductOperands operands, ArrayView<float> shared, int stage)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        Copy<TTile, TTransfer>(i * pixels, row, entry, operands, shared, stage);
        _at.Advance(pixels, _s);
    }

    private readonly void Copy<TTile, TTransfer>(int pixel, int row, RowEntry entry, ProductOperands operands, ArrayView<float> shared, int stage)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var term = (Group.IdxX >> CopiesLog<TTile, TTransfer>()) + pixel;
        var inside = (uint)(_at.H + (entry.Taps >> 16)) < (uint)_s.H && (uint)(_at.W + (entry.Taps & 0xffff)) < (uint)_s.W && term < Depth - _depth;
        TTransfer.Copy(operands.Left, operands.LeftAddress, _at.Start + entry.Base, inside, shared, stage + SharedLayout.AlongRows(ProductTile<TTile>.Rows, row, term));
    }
}
