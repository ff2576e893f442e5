using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>dx (pixels, C) = dy's patches (pixels, taps K) times w transposed (taps K, C), one product for each phase of the stride.</summary>
/// <remarks>Pixels whose (h + PadTop) mod StrideH and (w + PadLeft) mod StrideW agree meet the same taps, r = r0, r0 + StrideH, ..., so that no term is
/// multiplied by a zero of a dilated dy: p = p0 - i for tap r0 + i StrideH.</remarks>
public struct BackwardDataPass : IProductPass<BackwardDataPass>
{
    private Conv2dShape _s;
    private TapWalker _at;
    private int _phaseH;
    private int _phaseW;
    private int _firstR;
    private int _firstS;

    /// <inheritdoc/>
    public static bool LeftAlongDepth => true;

    /// <inheritdoc/>
    public static bool RightAlongDepth => true;

    /// <inheritdoc/>
    public static BackwardDataPass Create(Conv2dShape s, int phase)
    {
        var (h, w) = (phase / s.StrideW, phase % s.StrideW);
        return new BackwardDataPass { _s = s, _phaseH = h, _phaseW = w, _firstR = (h + s.PadTop) % s.StrideH, _firstS = (w + s.PadLeft) % s.StrideW };
    }

    /// <inheritdoc/>
    public readonly int Rows => _s.N * High * Wide;

    /// <inheritdoc/>
    public readonly int Columns => _s.C;

    /// <inheritdoc/>
    public readonly int Depth => Taps(_s.R, _firstR, _s.StrideH) * TapsWide * _s.K;

    private readonly int High => Taps(_s.H, _phaseH, _s.StrideH);

    private readonly int Wide => Taps(_s.W, _phaseW, _s.StrideW);

    private readonly int TapsWide => Taps(_s.S, _firstS, _s.StrideW);

    /// <inheritdoc/>
    public readonly ProductRow Row(int row)
    {
        var (high, wide) = (High, Wide);
        var line = row / wide;
        var n = line / high;
        var h = ((line - (n * high)) * _s.StrideH) + _phaseH;
        var w = ((row - (line * wide)) * _s.StrideW) + _phaseW;
        var p = (h + _s.PadTop - _firstR) / _s.StrideH;
        var q = (w + _s.PadLeft - _firstS) / _s.StrideW;
        return new ProductRow((((n * _s.P) + p) * _s.Q) + q, ProductRow.Pack(p, q), (((n * _s.H) + h) * _s.W) + w);
    }

    /// <inheritdoc/>
    public void Seek<TTile, TTransfer>(int depth)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer =>
        _at = TapWalker.At(depth + (Group.IdxX % (16 / TTransfer.Width) * TTransfer.Width), _s.K, TapsWide > 0 ? TapsWide : 1);

    /// <inheritdoc/>
    public void Load<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, ArrayView<int> rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var depth = Depth;
        new RowGather(_s.P, _s.Q, _s.K, depth, -1).Load<TTile, TTransfer>(_at, operands.Left, operands.LeftAddress, shared, rows, stage);
        var tap = (((_firstR + (_at.R * _s.StrideH)) * _s.S) + _firstS + (_at.S * _s.StrideW)) * _s.C;
        var copies = 16 / TTransfer.Width;
        var place = Group.IdxX % copies * TTransfer.Width;
        for (var i = 0; i < ProductTile<TTile>.Columns * copies / ProductTile<TTile>.Threads; i++)
        {
            var column = (Group.IdxX / copies) + (i * (ProductTile<TTile>.Threads / copies));
            var inside = firstColumn + column < _s.C && _at.Depth < depth;
            TTransfer.Copy(
                operands.Right, operands.RightAddress, ((tap + firstColumn + column) * _s.K) + _at.C, inside, shared,
                stage + (ProductTile<TTile>.Rows * 16) + SharedLayout.AlongDepth(column, place));
        }

        _at.Advance();
    }

    private static int Taps(int length, int first, int step) => first < length ? ((length - first + step - 1) / step) : 0;
}
