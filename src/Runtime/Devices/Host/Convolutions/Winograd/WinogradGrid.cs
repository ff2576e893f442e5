using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>The F(4,3) tiles of a 3x3, stride-1 convolution, numbered over images, rows and columns.</summary>
/// <remarks>Tile (n,i,j) makes the 4x4 outputs from (n, 4i, 4j) on out of 6x6 inputs. Inputs and outputs have H x W pixels; at the edges it reads zeros and its surplus outputs are dropped.
/// Channels are multiples of 16.</remarks>
internal readonly record struct WinogradGrid(int N, int H, int W, int C, int K)
{
    /// <summary>Outputs of a tile in one dimension.</summary>
    public const int Outputs = 4;

    /// <summary>Inputs of a tile in one dimension, and the number of points.</summary>
    public const int Points = Outputs + 2;

    /// <summary>Products a tile and channel pair takes.</summary>
    public const int Planes = Points * Points;

    /// <summary>Channel counts are multiples of this, the longest register.</summary>
    public const int ChannelGranule = 16;

    /// <summary>Below it the transforms cost more than the products save.</summary>
    private const int FewestChannels = 32;
    private const int SmallestOutput = 3;

    /// <summary>C K P Q of the smallest layer that is done in tiles in a differentiated forward pass.</summary>
    private const long FewestTrainingProducts = 1 << 20;

    /// <summary>Whether a convolution can be done in tiles, and gains by it.</summary>
    /// <remarks>One pixel of padding all around: a wider one makes outputs of a few terms, whose error would be that of their tile's larger neighbours.</remarks>
    public static bool Fits(in Conv2dShape s) =>
        s.R == 3 && s.S == 3 && s.StrideH == 1 && s.StrideW == 1 && s.PadTop == 1 && s.PadLeft == 1 && s.P == s.H && s.Q == s.W
        && s.C % ChannelGranule == 0 && s.K % ChannelGranule == 0 && s.C >= FewestChannels && s.K >= FewestChannels
        && s.P >= SmallestOutput && s.Q >= SmallestOutput;

    /// <summary>The same for a forward pass that is differentiated, where an error moves the masks of ReLUs behind it.</summary>
    /// <remarks>A mask that moves weighs little among a large layer's many and much among a small one's: there the direct product stays, which rounds least.</remarks>
    public static bool FitsTraining(in Conv2dShape s) => Fits(s) && (long)s.C * s.K * s.P * s.Q >= FewestTrainingProducts;

    /// <summary>The grid of y = x * w.</summary>
    public static WinogradGrid Forward(in Conv2dShape s) => new(s.N, s.H, s.W, s.C, s.K);

    /// <summary>The grid of dx = dy * reversed w.</summary>
    public static WinogradGrid Backward(in Conv2dShape s) => new(s.N, s.H, s.W, s.K, s.C);

    /// <summary>Floats of one point's transformed panel. A register longer than needed: the points, a power of two apart, would fall on the same cache sets.</summary>
    public static long FilterPlane(int rows, int width) => ((long)rows * width) + ChannelGranule;

    public int TilesH => (H + Outputs - 1) / Outputs;

    public int TilesW => (W + Outputs - 1) / Outputs;

    public int Tiles => N * TilesH * TilesW;

    /// <summary>Tiles a block: as many blocks as <paramref name="wanted"/> tiles each make, of equal size.</summary>
    public int BlockTiles(int wanted, int granule)
    {
        var blocks = (Tiles + wanted - 1) / wanted;
        var tiles = (Tiles + blocks - 1) / blocks;
        return (tiles + granule - 1) / granule * granule;
    }

    /// <summary>A tile's image and first output.</summary>
    public (int Image, int Row, int Column) Tile(int index)
    {
        var (line, column) = Math.DivRem(index, TilesW);
        var (image, row) = Math.DivRem(line, TilesH);
        return (image, row * Outputs, column * Outputs);
    }

    /// <summary>The image pixels of some tiles.</summary>
    public long Pixels(int firstTile, int tiles)
    {
        var pixels = 0L;
        for (var t = firstTile; t < firstTile + tiles; t++)
        {
            var (_, row, column) = Tile(t);
            pixels += Math.Min(Outputs, H - row) * Math.Min(Outputs, W - column);
        }

        return pixels;
    }

    /// <summary>A tile's input channels from <paramref name="x"/> on: in place where it lies inside the image, else copied with its zeros.</summary>
    /// <param name="x">The first image's first wanted channel.</param>
    /// <param name="index">The tile.</param>
    /// <param name="channels">Channels wanted.</param>
    /// <param name="patch">Room for Points*Points*channels floats.</param>
    /// <param name="row">Floats from one row to the next.</param>
    /// <param name="column">Floats from one column to the next.</param>
    public unsafe float* Input(float* x, int index, int channels, float* patch, out long row, out long column)
    {
        var (image, p, q) = Tile(index);
        return Square(x + ((long)image * H * W * C), H, W, C, p - 1, q - 1, Points, channels, patch, out row, out column);
    }

    /// <summary>The same of a tile's outputs; surplus ones are zero.</summary>
    public unsafe float* Output(float* y, int index, int channels, float* patch, out long row, out long column)
    {
        var (image, p, q) = Tile(index);
        return Square(y + ((long)image * H * W * K), H, W, K, p, q, Outputs, channels, patch, out row, out column);
    }

    private static unsafe float* Square(
        float* image, int height, int width, int depth, int top, int left, int size, int channels, float* patch, out long row, out long column)
    {
        if (top >= 0 && left >= 0 && top + size <= height && left + size <= width)
        {
            (row, column) = ((long)width * depth, depth);
            return image + ((((long)top * width) + left) * depth);
        }

        (row, column) = ((long)size * channels, channels);
        var (first, last) = (Math.Max(left, 0), Math.Min(left + size, width));
        var target = patch;
        for (var h = top; h < top + size; h++, target += row)
        {
            var line = new Span<float>(target, size * channels);
            if (h < 0 || h >= height)
            {
                line.Clear();
                continue;
            }

            line[..((first - left) * channels)].Clear();
            line[((last - left) * channels)..].Clear();
            var source = image + ((((long)h * width) + first) * depth);
            var inside = line[((first - left) * channels)..((last - left) * channels)];
            if (channels == depth)
            {
                new ReadOnlySpan<float>(source, inside.Length).CopyTo(inside);
                continue;
            }

            for (; inside.Length > 0; inside = inside[channels..], source += depth)
                new ReadOnlySpan<float>(source, channels).CopyTo(inside);
        }

        return patch;
    }
}
