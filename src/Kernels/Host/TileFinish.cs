using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>What ends a convolution's tile, which lies in the first-level cache: y = max(0, tile + bias + earlier values), each part where asked, and sums over the channels, of four rows in float, in double on the whole:
/// those behind the results' moments, or those that a batch-norm's backward pass wants of its output's cotangent.</summary>
public unsafe struct TileFinish
{
    /// <summary>The tile: pixels in groups of 4, <see cref="Width"/> floats a pixel.</summary>
    public float* Tile;

    /// <summary>Channels of the tile, a multiple of the register's length.</summary>
    public int Width;

    /// <summary>Channels wanted of it.</summary>
    public int Columns;

    /// <summary>Groups.</summary>
    public int Groups;

    /// <summary>For every group, the pixels wanted and, 8 bits further up, those to skip in front.</summary>
    public long* Valid;

    /// <summary>One value a channel, or null.</summary>
    public float* Bias;

    /// <summary>Values to add, laid out like <see cref="Y"/>, which they may be; or null.</summary>
    public float* Previous;

    /// <summary>Whether negative results become 0.</summary>
    public bool Relu;

    /// <summary>Whether results go to memory past the caches; pixels are then aligned to a register.</summary>
    public bool Stream;

    /// <summary>The output.</summary>
    public float* Y;

    /// <summary>Where each group starts in it.</summary>
    public long* Offsets;

    /// <summary>Floats from one of its pixels to the next.</summary>
    public long Stride;

    /// <summary>Gets the results' deviations added; or null. With <see cref="X"/> its shifts are x's means.</summary>
    public ChannelSums* Sums;

    /// <summary>Not null: the results are the cotangent of a batch-norm's output, and this is its input, laid out like <see cref="Y"/>. Sums are then of the results and of their products with x's deviations.</summary>
    public float* X;

    /// <summary>Where that batch-norm's ReLU was: results become 0 there.</summary>
    public NormalizationMask Mask;

    /// <summary>Finishes the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TV>()
        where TV : unmanaged, IHostVector<TV>
    {
        if (Sums is not null && !Sums->HasShifts)
            SetShifts();
        var c = 0;
        if (X is not null)
        {
            for (; c + TV.Length <= Columns; c += TV.Length)
                RunCotangents<TV>(c);
            for (; c < Columns; c++)
                RunCotangents<HostScalar>(c);
            return;
        }

        for (; c + TV.Length <= Columns; c += TV.Length)
            RunColumns<TV>(c);
        for (; c < Columns; c++)
            RunColumns<HostScalar>(c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void RunCotangents<TV>(int c)
        where TV : unmanaged, IHostVector<TV>
    {
        var (width, stride, adds, stream) = (Width, Stride, Previous is not null, Stream);
        var x = X;
        var mask = new NormalizationMask { Y = Mask.Y, Scale = Mask.Scale, Shift = Mask.Shift };
        var mean = TV.Load(Sums->Shifts + c);
        var (sum, products) = (TV.Zero, TV.Zero);
        for (var g = 0; g < Groups; g++)
        {
            var (skip, pixels) = ((int)(Valid[g] >> 8), (int)(Valid[g] & 255));
            var pixel = Tile + (((g * 4) + skip) * width) + c;
            var at = Offsets[g] + (skip * stride) + c;
            for (; pixels > 0; pixels--, pixel += width, at += stride)
            {
                var value = TV.Load(pixel);
                if (adds)
                    value = TV.Add(value, TV.Load(Previous + at));
                var centred = TV.Subtract(TV.Load(x + at), mean);
                value = mask.Apply(value, centred, at, c);
                CacheLines.Write(value, Y + at, stream);
                sum = TV.Add(sum, value);
                products = TV.MultiplyAdd(value, centred, products);
            }

            sum.AddTo(Sums->Sums + c);
            products.AddTo(Sums->Squares + c);
            (sum, products) = (TV.Zero, TV.Zero);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void RunColumns<TV>(int c)
        where TV : unmanaged, IHostVector<TV>
    {
        // Copies in registers: a store could change a field, for all the compiler knows.
        var (width, stride, adds, relu, stream, counts) = (Width, Stride, Previous is not null, Relu, Stream, Sums is not null);
        var bias = Bias is null ? TV.Zero : TV.Load(Bias + c);
        var shift = counts ? TV.Load(Sums->Shifts + c) : TV.Zero;
        var (sum, squares) = (TV.Zero, TV.Zero);
        for (var g = 0; g < Groups; g++)
        {
            var (skip, pixels) = ((int)(Valid[g] >> 8), (int)(Valid[g] & 255));
            var pixel = Tile + (((g * 4) + skip) * width) + c;
            var target = Y + Offsets[g] + (skip * stride) + c;
            var earlier = adds ? Previous + (target - Y) : null;
            for (; pixels > 0; pixels--, pixel += width, target += stride, earlier += stride)
            {
                var value = TV.Add(TV.Load(pixel), bias);
                if (adds)
                    value = TV.Add(value, TV.Load(earlier));
                if (relu)
                    value = TV.Relu(value);
                CacheLines.Write(value, target, stream);
                if (counts)
                {
                    var deviation = TV.Subtract(value, shift);
                    sum = TV.Add(sum, deviation);
                    squares = TV.MultiplyAdd(deviation, deviation, squares);
                }
            }

            if (counts)
            {
                sum.AddTo(Sums->Sums + c);
                squares.AddTo(Sums->Squares + c);
                (sum, squares) = (TV.Zero, TV.Zero);
            }
        }
    }

    /// <summary>The shifts become the means of this tile's sums.</summary>
    private readonly void SetShifts()
    {
        var rows = 0L;
        for (var g = 0; g < Groups; g++)
        {
            var skip = Valid[g] >> 8;
            rows += Valid[g] & 255;
            for (var i = skip; i < skip + (Valid[g] & 255); i++)
            {
                for (var c = 0; c < Columns; c++)
                    Sums->Shifts[c] += Tile[(((g * 4) + i) * Width) + c];
            }
        }

        for (var c = 0; c < Columns; c++)
            Sums->Shifts[c] /= rows;
        Sums->HasShifts = true;
    }
}
