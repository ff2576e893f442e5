using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>c (N, K) = a transposed (N, C) times b transposed (C, K), for a stored (C, N) and b stored (K, C): the one matrix product that no pass of a convolution is.</summary>
public struct TransposedPass : IProductPass<TransposedPass>
{
    private Conv2dShape _s;
    private int _depth;
    private int _target;
    private MatrixRows _left;

    /// <inheritdoc/>
    public static bool IsMain => false;

    /// <inheritdoc/>
    public static bool LeftAlongDepth => false;

    /// <inheritdoc/>
    public static bool RightAlongDepth => true;

    /// <inheritdoc/>
    public static bool LeavesMoments => false;

    /// <inheritdoc/>
    public static bool LeavesSums => false;

    /// <inheritdoc/>
    public static bool Maps => false;

    /// <inheritdoc/>
    public static int OtherLength<TTile>()
        where TTile : unmanaged, IProductTile => 0;

    /// <inheritdoc/>
    public static TransposedPass Create(Conv2dShape s, int phase) => new() { _s = s };

    /// <inheritdoc/>
    public readonly int Rows => _s.N;

    /// <inheritdoc/>
    public readonly int Columns => _s.K;

    /// <inheritdoc/>
    public readonly int Depth => _s.C;

    /// <inheritdoc/>
    public readonly ProductRow Row(int row) => new(row, 0, row);

    /// <inheritdoc/>
    public void Seek<TTile, TTransfer>(int depth, int firstColumn, RowTable rows)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        _depth = depth;
        _target = StageCopies<TTransfer>.FirstTarget;
        _left = MatrixRows.At<TTile, TTransfer>(depth, _s.N, ProductTile<TTile>.Rows, rows[0].Base);
    }

    /// <inheritdoc/>
    public readonly void Load<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        _left.Load<TTile, TTransfer, AsStored>(_s.C, _s.N, operands.Left, operands.LeftAddress, shared, stage, ProductTile<TTile>.Rows, operands.LeftMapping);
        var term = _depth + StageCopies<TTransfer>.Term;
        new MatrixColumns<TTile, TTransfer>(
            _s.C, term < _s.C ? _s.K - firstColumn : 0, (firstColumn * _s.C) + term, operands.Right, operands.RightAddress, shared, stage + (ProductTile<TTile>.Rows * 16), _target).Load();
    }

    /// <inheritdoc/>
    public void Advance()
    {
        _left.Advance(_s.N);
        _depth += 16;
    }

    /// <inheritdoc/>
    public readonly void Map<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
    }
}
