using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>y (N P Q, K) = x's patches (N P Q, R S C) times w (R S C, K).</summary>
/// <typeparam name="TInput">What is done to x.</typeparam>
public struct ForwardPass<TInput> : IProductPass<ForwardPass<TInput>>
    where TInput : unmanaged, IInputMap
{
    private Conv2dShape _s;
    private TapWalker _at;
    private int _target;
    private MatrixRows _filter;

    /// <inheritdoc/>
    public static bool IsMain => true;

    /// <inheritdoc/>
    public static bool LeftAlongDepth => true;

    /// <inheritdoc/>
    public static bool RightAlongDepth => false;

    /// <inheritdoc/>
    public static bool LeavesMoments => true;

    /// <inheritdoc/>
    public static bool LeavesSums => false;

    /// <inheritdoc/>
    public static bool Maps => TInput.IsMap;

    /// <inheritdoc/>
    public static int OtherLength<TTile>()
        where TTile : unmanaged, IProductTile => 0;

    /// <inheritdoc/>
    public static ForwardPass<TInput> Create(Conv2dShape s, int phase) => new() { _s = s };

    /// <inheritdoc/>
    public readonly int Rows => _s.N * _s.P * _s.Q;

    /// <inheritdoc/>
    public readonly int Columns => _s.K;

    /// <inheritdoc/>
    public readonly int Depth => _s.R * _s.S * _s.C;

    /// <inheritdoc/>
    public readonly ProductRow Row(int row)
    {
        var line = (int)((uint)row / (uint)_s.Q);
        var n = (int)((uint)line / (uint)_s.P);
        var h = ((line - (n * _s.P)) * _s.StrideH) - _s.PadTop;
        var w = ((row - (line * _s.Q)) * _s.StrideW) - _s.PadLeft;
        var taps = ProductRow.TapsInside(-h, h + _s.R < _s.H ? _s.R : _s.H - h, -w, w + _s.S < _s.W ? _s.S : _s.W - w);
        return new ProductRow(((((n * _s.H) + h) * _s.W) + w) * _s.C, taps, row);
    }

    /// <inheritdoc/>
    public void Seek<TTile, TTransfer>(int depth, int firstColumn, RowTable rows)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        _target = StageCopies<TTransfer>.FirstTarget;
        _at = TapWalker.At(depth + StageCopies<TTransfer>.Term, _s.C, _s.S);
        _filter = MatrixRows.At<TTile, TTransfer>(depth, _s.K, ProductTile<TTile>.Columns, firstColumn);
    }

    /// <inheritdoc/>
    public readonly void Load<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var tap = RowGather<TTile, TTransfer, TInput>.TapOf(_at, Depth);
        RowGather<TTile, TTransfer, TInput>.Load(_at, tap, _s.W, _s.C, 1, operands.Left, operands.LeftAddress, shared, rows, stage, _target, operands.LeftMapping);
        _filter.Load<TTile, TTransfer, AsStored>(
            Depth, _s.K, operands.Right, operands.RightAddress, shared, stage + (ProductTile<TTile>.Rows * 16), ProductTile<TTile>.Columns, operands.RightMapping);
    }

    /// <inheritdoc/>
    public void Advance()
    {
        _filter.Advance(_s.K);
        _at.Advance();
    }

    /// <inheritdoc/>
    public readonly void Map<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer =>
        RowGather<TTile, TTransfer, TInput>.Map(_at, RowGather<TTile, TTransfer, TInput>.TapOf(_at, Depth), _s.C, shared, rows, stage, _target, operands.LeftMapping.Table);
}
