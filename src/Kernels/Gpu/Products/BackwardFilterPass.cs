using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>dw (R S C, K) = x's patches transposed (R S C, N P Q) times dy (N P Q, K).</summary>
/// <typeparam name="TInput">What is done to x.</typeparam>
/// <typeparam name="TCotangent">What is done to dy.</typeparam>
public struct BackwardFilterPass<TInput, TCotangent> : IProductPass<BackwardFilterPass<TInput, TCotangent>>
    where TInput : unmanaged, IInputMap
    where TCotangent : unmanaged, ICotangentMap
{
    private Conv2dShape _s;
    private PixelWalker _at;
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
    public static bool Maps => TInput.IsMap || TCotangent.IsMap;

    /// <inheritdoc/>
    public static int OtherLength<TTile>()
        where TTile : unmanaged, IProductTile => CotangentLength<TTile>() + (TInput.IsMap ? ProductTile<TTile>.Threads : 0);

    /// <inheritdoc/>
    public static BackwardFilterPass<TInput, TCotangent> Create(Conv2dShape s, int phase) => new() { _s = s };

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
        _at = PixelWalker.At(depth + FirstTerm<TTile, TTransfer>(), _s);
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
            var row = FirstRow<TTile, TTransfer>();
            var entry = rows[row];
            var inside = Pixel<TTile, TTransfer>(0, pixels, row, entry, operands, shared, stage);
            inside |= Pixel<TTile, TTransfer>(1, pixels, row, entry, operands, shared, stage);
            if (pixels < 8)
            {
                inside |= Pixel<TTile, TTransfer>(2, pixels, row, entry, operands, shared, stage);
                inside |= Pixel<TTile, TTransfer>(3, pixels, row, entry, operands, shared, stage);
            }

            if (pixels < 4)
            {
                inside |= Pixel<TTile, TTransfer>(4, pixels, row, entry, operands, shared, stage);
                inside |= Pixel<TTile, TTransfer>(5, pixels, row, entry, operands, shared, stage);
                inside |= Pixel<TTile, TTransfer>(6, pixels, row, entry, operands, shared, stage);
                inside |= Pixel<TTile, TTransfer>(7, pixels, row, entry, operands, shared, stage);
            }

            if (TInput.IsMap)
                Inside<TTile>(shared)[Group.IdxX] = inside;
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

        _dy.Load<TTile, TTransfer, TCotangent>(
            Depth, _s.K, operands.Right, operands.RightAddress, shared, stage + (ProductTile<TTile>.Rows * 16), ProductTile<TTile>.Columns, operands.RightMapping);
    }

    /// <inheritdoc/>
    public void Advance() => _dy.Advance(_s.K);

    /// <inheritdoc/>
    public readonly void Map<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        if (TInput.IsMap)
        {
            var row = FirstRow<TTile, TTransfer>();
            var entry = rows[row];
            var channel = entry.Base - ((((entry.Taps >> 16) * _s.W) + (entry.Taps & 0xffff)) * _s.C);
            var pixels = ProductTile<TTile>.Threads * 4 / ProductTile<TTile>.Rows;
            StageCopies<TTransfer>.Start(
                new PixelMapping<TTile, TTransfer, TInput>(
                    Inside<TTile>(shared)[Group.IdxX], ChannelMap.Load<TInput>(operands.LeftMapping.Table, _s.C, channel), shared, stage, row, FirstTerm<TTile, TTransfer>(), pixels),
                16 / pixels);
        }

        // Where no pixel is left, the other factor is zero: what becomes of this one does not matter.
        MatrixRows.Map<TTile, TTransfer, TCotangent>(firstColumn, _s.K, shared, stage + (ProductTile<TTile>.Rows * 16), ProductTile<TTile>.Columns, operands.RightMapping.Table);
    }

    /// <summary>The row of all of a thread's copies of 16 bytes.</summary>
    private static int FirstRow<TTile, TTransfer>()
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer => (Group.IdxX & ((ProductTile<TTile>.Rows / TTransfer.Width) - 1)) * TTransfer.Width;

    /// <summary>The term of a thread's first copy.</summary>
    private static int FirstTerm<TTile, TTransfer>()
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer => Group.IdxX >> PowerOfTwo.Log(ProductTile<TTile>.Rows / TTransfer.Width);

    private static int CotangentLength<TTile>()
        where TTile : unmanaged, IProductTile => TCotangent.HasOther ? ProductTile<TTile>.Columns * ProductTile<TTile>.Depth : 0;

    /// <summary>Each thread's copies that lay inside the image, a bit each. In shared memory, because the loop has no register to spare.</summary>
    private static ArrayView<int> Inside<TTile>(ArrayView<float> shared)
        where TTile : unmanaged, IProductTile => shared.SubView(ProductTile<TTile>.SharedLength + CotangentLength<TTile>(), ProductTile<TTile>.Threads).Cast<int>();

    private int Pixel<TTile, TTransfer>(int i, int pixels, int row, RowEntry entry, ProductOperands operands, ArrayView<float> shared, int stage)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var inside = Copy<TTile, TTransfer>(i * pixels, row, entry, operands, shared, stage);
        _at.Advance(pixels, _s);
        return inside ? 1 << i : 0;
    }

    private readonly bool Copy<TTile, TTransfer>(int pixel, int row, RowEntry entry, ProductOperands operands, ArrayView<float> shared, int stage)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var term = FirstTerm<TTile, TTransfer>() + pixel;
        var index = _at.Start + entry.Base;

        // Unsigned: a walk past the end of the largest input leaves the range of int.
        var inside = (uint)(_at.H + (entry.Taps >> 16)) < (uint)_s.H && (uint)(_at.W + (entry.Taps & 0xffff)) < (uint)_s.W && (uint)index < (uint)(_s.N * _s.H * _s.W * _s.C);
        TTransfer.Copy(operands.Left, operands.LeftAddress, index, inside, shared, stage + SharedLayout.AlongRows(ProductTile<TTile>.Rows, row, term));
        return inside;
    }
}
