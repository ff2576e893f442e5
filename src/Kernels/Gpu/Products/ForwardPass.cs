using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>y (N P Q, K) = x's patches (N P Q, R S C) times w (R S C, K).</summary>
public struct ForwardPass : IProductPass<ForwardPass>
{
    private Conv2dShape _s;
    private TapWalker _at;
    private int _depth;

    /// <inheritdoc/>
    public static bool LeftAlongDepth => true;

    /// <inheritdoc/>
    public static bool RightAlongDepth => false;

    /// <inheritdoc/>
    public static ForwardPass Create(Conv2dShape s, int phase) => new() { _s = s };

    /// <inheritdoc/>
    public readonly int Rows => _s.N * _s.P * _s.Q;

    /// <inheritdoc/>
    public readonly int Columns => _s.K;

    /// <inheritdoc/>
    public readonly int Depth => _s.R * _s.S * _s.C;

    /// <inheritdoc/>
    public readonly ProductRow Row(int row)
    {
        var line = row / _s.Q;
        var h = (line % _s.P * _s.StrideH) - _s.PadTop;
        var w = ((row - (line * _s.Q)) * _s.StrideW) - _s.PadLeft;
        return new ProductRow((((line / _s.P * _s.H) + h) * _s.W) + w, ProductRow.Pack(h, w), row);
    }

    /// <inheritdoc/>
    public void Seek<TTile, TTransfer>(int depth)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        _depth = depth;
        _at = TapWalker.At(depth + (Group.IdxX % (16 / TTransfer.Width) * TTransfer.Width), _s.C, _s.S);
    }

    /// <inheritdoc/>
    public void Load<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, ArrayView<int> rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        new RowGather(_s.H, _s.W, _s.C, Depth, 1).Load<TTile, TTransfer>(_at, operands.Left, operands.LeftAddress, shared, rows, stage);
        new MatrixRows(Depth, _s.K).Load<TTile, TTransfer>(
            _depth, operands.Right, operands.RightAddress, shared, stage + (ProductTile<TTile>.Rows * 16), ProductTile<TTile>.Columns, firstColumn);
        _at.Advance();
        _depth += 16;
    }
}
