using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>The last stage of a Winograd product: tiles are transformed back, and bias, earlier values, ReLU and sums over channels come on top.</summary>
internal unsafe struct HostWinogradOutput
{
    public WinogradGrid Grid;
    public WinogradKernels Kernels;
    public float* Bias;

    /// <summary>Values to add the product to, laid out like <see cref="Y"/>; or null.</summary>
    public float* Initial;
    public float* Y;
    public bool Relu;

    /// <summary>Whether results go to memory past the caches.</summary>
    public bool Streams;

    /// <summary>What is wanted of the channels besides; blocks are of tiles.</summary>
    public HostColumnSums Sums;

    /// <summary>Floats of a tile's outputs.</summary>
    public static long TileFloats(int channels) => (long)WinogradGrid.Outputs * WinogradGrid.Outputs * channels;

    /// <summary>Transforms a block's tiles of some channels back.</summary>
    /// <param name="block">The block.</param>
    /// <param name="firstTile">Its first tile.</param>
    /// <param name="tiles">Tiles.</param>
    /// <param name="firstK">The first output channel.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="products">The products, [point, tile, channel].</param>
    /// <param name="stride">Floats from one tile to the next.</param>
    /// <param name="plane">Floats from one point to the next.</param>
    /// <param name="tile">Room for <see cref="TileFloats"/>.</param>
    public readonly void Transform(int block, int firstTile, int tiles, int firstK, int channels, float* products, long stride, long plane, float* tile)
    {
        var transform = Kernels.Output;
        var m = WinogradGrid.Outputs;
        var plain = Initial is null && Bias is null && !Relu && !Streams && !Sums.Wanted;
        var groups = (channels + ChannelSums.Channels - 1) / ChannelSums.Channels;
        var sums = stackalloc ChannelSums[Sums.Wanted ? groups : 0];
        for (var c = 0; c < channels && Sums.Wanted; c += ChannelSums.Channels)
            Sums.Start(sums + (c / ChannelSums.Channels), firstK + c, Math.Min(ChannelSums.Channels, channels - c));
        var offsets = stackalloc long[m];
        var valid = stackalloc long[m];
        for (var i = 0; i < m; i++)
            offsets[i] = (long)i * Grid.W * Grid.K;
        for (var t = 0; t < tiles; t++)
        {
            var (image, p, q) = Grid.Tile(firstTile + t);
            var (rows, columns) = (Math.Min(m, Grid.H - p), Math.Min(m, Grid.W - q));
            var target = (((((long)image * Grid.H) + p) * Grid.W) + q) * Grid.K + firstK;
            var source = products + (t * stride);
            if (plain && rows == m && columns == m)
            {
                transform(source, WinogradGrid.Points * plane, plane, Y + target, (long)Grid.W * Grid.K, Grid.K, channels);
                continue;
            }

            transform(source, WinogradGrid.Points * plane, plane, tile, (long)m * channels, channels, channels);
            for (var i = 0; i < m; i++)
                valid[i] = i < rows ? columns : 0;
            for (var group = 0; group < groups; group++)
            {
                var c = group * ChannelSums.Channels;
                HostTileFinish.Run(Kernels.Bits, new TileFinish
                {
                    Tile = tile + c,
                    Width = channels,
                    Columns = Math.Min(ChannelSums.Channels, channels - c),
                    Groups = m,
                    Valid = valid,
                    Bias = Bias is null ? null : Bias + firstK + c,
                    Previous = Initial is null ? null : Initial + target + c,
                    Relu = Relu,
                    Stream = Streams,
                    Y = Y + target + c,
                    Offsets = offsets,
                    Stride = Grid.K,
                    Sums = Sums.Wanted ? sums + group : null,
                    X = HostColumnSums.At(Sums.Source.X, target + c),
                    Mask =
                    {
                        Y = HostColumnSums.At(Sums.Source.Mask.Y, target + c),
                        Scale = HostColumnSums.At(Sums.Source.Mask.Scale, firstK + c),
                        Shift = HostColumnSums.At(Sums.Source.Mask.Shift, firstK + c),
                    },
                });
            }
        }

        if (!Sums.Wanted)
            return;
        var pixels = Grid.Pixels(firstTile, tiles);
        for (var c = 0; c < channels; c += ChannelSums.Channels)
            Sums.Finish(sums + (c / ChannelSums.Channels), block, pixels, firstK + c, Math.Min(ChannelSums.Channels, channels - c), Grid.K);
    }
}
