using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>dx (pixels, C) = dy's patches (pixels, taps K) times w transposed (taps K, C), one product for each phase of the stride.</summary>
/// <remarks>Pixels whose (h + PadTop) mod StrideH and (w + PadLeft) mod StrideW agree meet the same taps, r = r0, r0 + StrideH, ..., so that no term is
/// multiplied by a zero of a dilated dy: p = p0 - i for tap r0 + i StrideH.</remarks>
/// <typeparam name="TCotangent">What is done to dy.</typeparam>
public struct BackwardDataPass<TCotangent> : IProductPass<BackwardDataPass<TCotangent>>
    where TCotangent : unmanaged, ICotangentMap
{
    private Conv2dShape _s;
    private TapWalker _at;
    private int _target;
    private int _phaseH;
    private int _phaseW;
    private int _firstR;
    private int _firstS;
    private int _tapsHigh;
    private int _tapsWide;
    private int _high;
    private int _wide;

    /// <inheritdoc/>
    public static bool IsMain => true;

    /// <inheritdoc/>
    public static bool LeftAlongDepth => true;

    /// <inheritdoc/>
    public static bool RightAlongDepth => true;

    /// <inheritdoc/>
    public static bool LeavesMoments => false;

    /// <inheritdoc/>
    public static bool LeavesSums => true;

    /// <inheritdoc/>
    public static bool Maps => TCotangent.IsMap;

    /// <inheritdoc/>
    public static int OtherLength<TTile>()
        where TTile : unmanaged, IProductTile => TCotangent.HasOther ? ProductTile<TTile>.Rows * ProductTile<TTile>.Depth : 0;

    /// <inheritdoc/>
    public static BackwardDataPass<TCotangent> Create(Conv2dShape s, int phase)
    {
        var h = (int)((uint)phase / (uint)s.StrideW);
        var w = phase - (h * s.StrideW);
        var r = (int)((uint)(h + s.PadTop) % (uint)s.StrideH);
        var t = (int)((uint)(w + s.PadLeft) % (uint)s.StrideW);
        return new BackwardDataPass<TCotangent>
        {
            _s = s,
            _phaseH = h,
            _phaseW = w,
            _firstR = r,
            _firstS = t,
            _tapsHigh = Steps(s.R, r, s.StrideH),
            _tapsWide = Steps(s.S, t, s.StrideW),
            _high = Steps(s.H, h, s.StrideH),
            _wide = Steps(s.W, w, s.StrideW),
        };
    }

    /// <inheritdoc/>
    public readonly int Rows => _s.N * _high * _wide;

    /// <inheritdoc/>
    public readonly int Columns => _s.C;

    /// <inheritdoc/>
    public readonly int Depth => _tapsHigh * _tapsWide * _s.K;

    /// <inheritdoc/>
    public readonly ProductRow Row(int row)
    {
        var line = (int)((uint)row / (uint)_wide);
        var n = (int)((uint)line / (uint)_high);
        var h = ((line - (n * _high)) * _s.StrideH) + _phaseH;
        var w = ((row - (line * _wide)) * _s.StrideW) + _phaseW;
        var p = (int)((uint)(h + _s.PadTop - _firstR) / (uint)_s.StrideH);
        var q = (int)((uint)(w + _s.PadLeft - _firstS) / (uint)_s.StrideW);
        var taps = ProductRow.TapsInside(p - _s.P + 1, p < _tapsHigh ? p + 1 : _tapsHigh, q - _s.Q + 1, q < _tapsWide ? q + 1 : _tapsWide);
        return new ProductRow(((((n * _s.P) + p) * _s.Q) + q) * _s.K, taps, (((n * _s.H) + h) * _s.W) + w);
    }

    /// <inheritdoc/>
    public void Seek<TTile, TTransfer>(int depth, int firstColumn, RowTable rows)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        _target = StageCopies<TTransfer>.FirstTarget;
        _at = TapWalker.At(depth + StageCopies<TTransfer>.Term, _s.K, _tapsWide > 0 ? _tapsWide : 1);
    }

    /// <inheritdoc/>
    public readonly void Load<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var tap = RowGather<TTile, TTransfer, TCotangent>.TapOf(_at, Depth);
        RowGather<TTile, TTransfer, TCotangent>.Load(_at, tap, _s.Q, _s.K, -1, operands.Left, operands.LeftAddress, shared, rows, stage, _target, operands.LeftMapping);
        var place = (((_firstR + (_at.R * _s.StrideH)) * _s.S) + _firstS + (_at.S * _s.StrideW)) * _s.C;
        new MatrixColumns<TTile, TTransfer>(
            _s.K, _at.Depth < Depth ? _s.C - firstColumn : 0, ((place + firstColumn) * _s.K) + _at.C, operands.Right, operands.RightAddress, shared,
            stage + (ProductTile<TTile>.Rows * 16), _target).Load();
    }

    /// <inheritdoc/>
    public void Advance() => _at.Advance();

    /// <inheritdoc/>
    public readonly void Map<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer =>
        RowGather<TTile, TTransfer, TCotangent>.Map(_at, RowGather<TTile, TTransfer, TCotangent>.TapOf(_at, Depth), _s.K, shared, rows, stage, _target, operands.LeftMapping.Table);

    private static int Steps(int length, int first, int step) => first < length ? (int)((uint)(length - first + step - 1) / (uint)step) : 0;
}
