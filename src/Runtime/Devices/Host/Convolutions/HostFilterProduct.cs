using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Partial filter gradients: every part sums over a chunk of blocks for a share of the filter's tiles.</summary>
internal unsafe struct HostFilterProduct : IHostJob
{
    private const int WantedParts = 8;
    private const int MostChunks = 24;
    private const long PartialFloats = 1L << 20;

    public HostWindow Window;
    public HostTiling Tiling;
    public float** Scratch;
    public float* X;
    public float* Dy;
    public int K;

    /// <summary>For every chunk, all tiles.</summary>
    public float* Partials;

    public readonly int RowTilesPerFilterRow => (Window.Depth + Tiling.Rows - 1) / Tiling.Rows;

    /// <summary>Tiles of a panel.</summary>
    public readonly int RowTiles => Window.R * RowTilesPerFilterRow;

    /// <summary>Tiles, panel by panel.</summary>
    public readonly int Tiles => RowTiles * Tiling.Panels(K);

    public readonly int TileFloats => Tiling.Rows * Tiling.Width;

    /// <summary>Chunks of blocks; it depends on the sizes only.</summary>
    public readonly int Chunks => (int)Math.Clamp(PartialFloats / ((long)Tiles * TileFloats), 1, Math.Min(MostChunks, Window.Blocks));

    /// <summary>Shares of the tiles.</summary>
    public readonly int Shares => Math.Min(Tiles, (WantedParts + Chunks - 1) / Chunks);

    public readonly int Parts => Chunks * Shares;

    public readonly long ScratchFloats => Window.PatchFloats + (Window.MostBlockPixels * Tiling.Width) + PixelPack.Slack + 64;

    public readonly void Execute(int part, int worker)
    {
        var (chunk, share) = Math.DivRem(part, Shares);
        var (firstTile, lastTile) = (Tiles * share / Shares, Tiles * (share + 1) / Shares);
        var (firstBlock, lastBlock) = ((int)((long)Window.Blocks * chunk / Chunks), (int)((long)Window.Blocks * (chunk + 1) / Chunks));
        var partial = Partials + ((long)chunk * Tiles * TileFloats);
        var zeros = stackalloc float[16];
        new Span<float>(zeros, 16).Clear();
        var patch = Scratch[worker];
        var gradients = patch + ((Window.PatchFloats + 15) / 16 * 16);
        for (var block = firstBlock; block < lastBlock; block++)
        {
            var tile = Window.IsFlat ? FlatBlock(block) : PatchBlock(block, patch);
            var packed = -1;
            var pixels = tile.Images * tile.Rows * tile.Columns;
            var lastTiles = Math.Min(RowTiles, lastTile - firstTile);
            var steps = (long)lastTiles * pixels;
            var nextInput = FetchAhead.Over(tile.Input + ((long)pixels * Window.C), (long)pixels * Window.C, steps);
            var nextGradient = FetchAhead.Over(tile.Gradient + ((long)pixels * K), (long)pixels * K, steps);
            var nextSums = FetchAhead.StepOver(TileFloats, pixels);
            var call = tile;
            call.Gradient = gradients;
            call.GradientStep = Tiling.Width;
            call.GradientRowStep = (long)tile.Columns * Tiling.Width;
            call.Zeros = block == firstBlock ? zeros : null;
            for (var t = firstTile; t < lastTile; t++)
            {
                var (panel, rowTile) = Math.DivRem(t, RowTiles);
                var (r, m) = Math.DivRem(rowTile, RowTilesPerFilterRow);
                if (panel != packed)
                    Pack(tile, panel, gradients);
                packed = panel;
                call.Input = tile.Input + (r * Window.PatchRowFloats) + (m * Tiling.Rows);
                call.Accumulators = partial + ((long)t * TileFloats);
                if (!Window.IsFlat)
                {
                    call.Ahead.Set(call.Accumulators + TileFloats, nextSums);
                }
                else if (block + 1 < lastBlock && lastTile - t <= lastTiles)
                {
                    // A flat window's next block is asked for while the last panel's tiles are made.
                    var done = (long)(lastTiles - lastTile + t) * pixels;
                    call.Ahead.Set(nextInput.After(done));
                    call.Ahead2.Set(nextGradient.After(done));
                }

                Tiling.FilterKernel(call);
            }
        }
    }

    /// <summary>A block's output gradients of one panel, pixel after pixel: in place they lie K apart, often a power of two, and would meet in the same cache sets.</summary>
    private readonly void Pack(in FilterTile tile, int panel, float* target)
    {
        var (first, pixels) = (panel * Tiling.Width, tile.Images * tile.Rows * tile.Columns);
        HostPixels.Pack(Tiling.Bits, tile.Gradient + first, K, pixels, Math.Min(Tiling.Width, K - first), Tiling.Width, target, 0);
    }

    private readonly FilterTile FlatBlock(int block)
    {
        var first = block * Window.FlatPixels;
        return new FilterTile
        {
            Input = X + (first * Window.C),
            InputStep = Window.C,
            Gradient = Dy + (first * K),
            Images = 1,
            Rows = 1,
            Columns = (int)Math.Min(Window.FlatPixels, Window.Pixels - first),
        };
    }

    private readonly FilterTile PatchBlock(int block, float* patch)
    {
        var (image, images, row, rows) = Window.Block(block);
        Window.CopyPatch(X, patch, image, images, row, rows);
        return new FilterTile
        {
            Input = patch,
            InputStep = (long)Window.PatchStrideW * Window.C,
            InputRowStep = Window.PatchStrideH * Window.PatchRowFloats,
            InputImageStep = Window.PatchImageFloats(rows),
            Gradient = Dy + ((((long)image * Window.P) + row) * Window.Q * K),
            Images = images,
            Rows = rows,
            Columns = Window.Q,
        };
    }
}
