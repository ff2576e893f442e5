using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>A window that slides over images: what both products of a convolution have in common.</summary>
/// <remarks>Output pixel (p,q) reads input rows p*StrideH - PadTop + r and columns q*StrideW - PadLeft + s. Paddings may be negative.
/// Work is split into blocks whose input fits the second-level cache: several images, or a band of rows of one image, or, where the window
/// is a single pixel (<see cref="IsFlat"/>), a range of pixels. The split depends on the sizes only.</remarks>
internal readonly record struct HostWindow(
    int N, int H, int W, int C, int R, int S, int StrideH, int StrideW, int PadTop, int PadLeft, int P, int Q, bool DenseOutput = true)
{
    private const long BlockFloats = 96 * 1024;
    private const int WantedBlocks = 24;
    private const int SmallBlockPixels = 256;
    private const int FlatGranule = 48;

    public static HostWindow Of(in Conv2dShape s) => new(s.N, s.H, s.W, s.C, s.R, s.S, s.StrideH, s.StrideW, s.PadTop, s.PadLeft, s.P, s.Q);

    public long Pixels => (long)N * P * Q;

    /// <summary>A plain matrix product over all pixels.</summary>
    public bool IsFlat => R == 1 && S == 1 && StrideH == 1 && StrideW == 1 && PadTop == 0 && PadLeft == 0 && P == H && Q == W && DenseOutput && Pixels >= 4;

    /// <summary>Single-pixel windows that skip pixels: the pixels wanted are gathered.</summary>
    public bool IsGather => R == 1 && S == 1;

    /// <summary>Floats of one filter row's input.</summary>
    public int Depth => S * C;

    /// <summary>Pixels of a patch row.</summary>
    public int PatchColumns => IsGather ? Q : ((Q - 1) * StrideW) + S;

    /// <summary>Steps between neighbouring output pixels inside a patch.</summary>
    public int PatchStrideH => IsGather ? 1 : StrideH;

    /// <inheritdoc cref="PatchStrideH"/>
    public int PatchStrideW => IsGather ? 1 : StrideW;

    public long PatchRowFloats => (long)PatchColumns * C;

    /// <summary>Output rows a band; P where blocks are whole images.</summary>
    public int BandRows
    {
        get
        {
            if (ImageFloats(P) <= BlockFloats)
                return P;
            var rows = P;
            while (rows > 1 && ImageFloats(rows) > BlockFloats)
                rows = (rows + 1) / 2;
            return rows;
        }
    }

    /// <summary>Images a block.</summary>
    public int BlockImages => BandRows < P ? 1 : (int)Math.Clamp(BlockFloats / Math.Max(1, ImageFloats(P)), 1, Math.Max((SmallBlockPixels + (P * Q) - 1) / (P * Q), N / WantedBlocks));

    /// <summary>Pixels a block of a flat window: as many blocks of equal size as fit the cache.</summary>
    public long FlatPixels
    {
        get
        {
            var blocks = Math.Max(1, (Pixels * C + BlockFloats - 1) / BlockFloats);
            return ((Pixels + blocks - 1) / blocks + FlatGranule - 1) / FlatGranule * FlatGranule;
        }
    }

    /// <summary>Output pixels of the largest block.</summary>
    public long MostBlockPixels => IsFlat ? FlatPixels : (long)BlockImages * BandRows * Q;

    public int Bands => (P + BandRows - 1) / BandRows;

    public int Blocks => IsFlat ? (int)((Pixels + FlatPixels - 1) / FlatPixels) : BandRows < P ? N * Bands : (N + BlockImages - 1) / BlockImages;

    /// <summary>Floats of the largest block's patch, with room to read beyond its end.</summary>
    public long PatchFloats => IsFlat ? 0 : (BlockImages * PatchImageFloats(BandRows)) + (4L * PatchStrideW * C) + 64;

    public int PatchRows(int rows) => IsGather ? rows : ((rows - 1) * StrideH) + R;

    public long PatchImageFloats(int rows) => PatchRows(rows) * PatchRowFloats;

    /// <summary>A block's images and rows.</summary>
    public (int Image, int Images, int Row, int Rows) Block(int index)
    {
        var band = BandRows;
        if (band == P)
            return (index * BlockImages, Math.Min(BlockImages, N - (index * BlockImages)), 0, P);
        var (image, part) = Math.DivRem(index, Bands);
        return (image, 1, part * band, Math.Min(band, P - (part * band)));
    }

    /// <summary>Where the input of a single-pixel window starts; there is no padding.</summary>
    public long PixelOffset(long pixel)
    {
        var (line, q) = Math.DivRem(pixel, Q);
        var (image, p) = Math.DivRem(line, P);
        return ((((image * H) + (p * StrideH)) * W) + (q * StrideW)) * C;
    }

    /// <summary>Copies a block's input with its padding.</summary>
    public unsafe void CopyPatch(float* x, float* patch, int image, int images, int row, int rows)
    {
        for (var i = image; i < image + images; i++)
        {
            var source = x + ((long)i * H * W * C);
            for (var line = 0; line < PatchRows(rows); line++)
            {
                var h = IsGather ? ((row + line) * StrideH) - PadTop : (row * StrideH) - PadTop + line;
                if (h < 0 || h >= H)
                    new Span<float>(patch, (int)PatchRowFloats).Clear();
                else if (IsGather && StrideW != 1)
                    GatherLine(source + ((long)h * W * C), patch);
                else
                    CopyLine(source + ((long)h * W * C), patch);
                patch += PatchRowFloats;
            }
        }
    }

    private long ImageFloats(int rows) => PatchImageFloats(rows);

    private unsafe void CopyLine(float* source, float* target)
    {
        var first = Math.Clamp(PadLeft, 0, PatchColumns);
        var last = Math.Clamp(W + PadLeft, first, PatchColumns);
        new Span<float>(target, first * C).Clear();
        new ReadOnlySpan<float>(source + ((long)(first - PadLeft) * C), (last - first) * C).CopyTo(new Span<float>(target + ((long)first * C), (last - first) * C));
        new Span<float>(target + ((long)last * C), (PatchColumns - last) * C).Clear();
    }

    private unsafe void GatherLine(float* source, float* target)
    {
        for (var q = 0; q < Q; q++, target += C)
        {
            var w = (q * StrideW) - PadLeft;
            if (w < 0 || w >= W)
                new Span<float>(target, C).Clear();
            else
                new ReadOnlySpan<float>(source + ((long)w * C), C).CopyTo(new Span<float>(target, C));
        }
    }
}
