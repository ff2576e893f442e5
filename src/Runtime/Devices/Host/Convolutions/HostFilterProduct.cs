using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Partial filter gradients: every part sums over a chunk of blocks for a share of the filter's tiles.</summary>
internal unsafe struct HostFilterProduct : IHostJob
{
    private const int WantedParts = 8;
    private const long PartialFloats = 4L << 20;

    public HostWindow Window;
    public HostTiling Tiling;
    public float** Scratch;
    public float* X;
    public float* Dy;
    public int K;

    /// <summary>For every chunk, all tiles.</summary>
    public float* Partials;

    public readonly int RowTilesPerFilterRow => (Window.Depth + Tiling.Rows - 1) / Tiling.Rows;

    public readonly int Tiles => Window.R * RowTilesPerFilterRow * Tiling.Panels(K);

    public readonly int TileFloats => Tiling.Rows * Tiling.Width;

    /// <summary>Chunks of blocks; it depends on the sizes only.</summary>
    public readonly int Chunks => (int)Math.Clamp(PartialFloats / ((long)Tiles * TileFloats), 1, Math.Min(WantedParts, Window.Blocks));

    /// <summary>Shares of the tiles.</summary>
    public readonly int Shares => Math.Min(Tiles, (WantedParts + Chunks - 1) / Chunks);

    public readonly int Parts => Chunks * Shares;

    public readonly long ScratchFloats => Window.PatchFloats + 64;

    public readonly void Execute(int part, int worker)
    {
        var (chunk, share) = Math.DivRem(part, Shares);
        var (firstTile, lastTile) = (Tiles * share / Shares, Tiles * (share + 1) / Shares);
        var (firstBlock, lastBlock) = ((int)((long)Window.Blocks * chunk / Chunks), (int)((long)Window.Blocks * (chunk + 1) / Chunks));
        var partial = Partials + ((long)chunk * Tiles * TileFloats);
        var zeros = stackalloc float[16];
        new Span<float>(zeros, 16).Clear();
        var patch = Scratch[worker];
        for (var block = firstBlock; block < lastBlock; block++)
        {
            var tile = Window.IsFlat ? FlatBlock(block) : PatchBlock(block, patch);
            for (var t = firstTile; t < lastTile; t++)
            {
                var (rowTile, panel) = Math.DivRem(t, Tiling.Panels(K));
                var (r, m) = Math.DivRem(rowTile, RowTilesPerFilterRow);
                var call = tile;
                call.Input += (r * Window.PatchRowFloats) + (m * Tiling.Rows);
                call.Gradient += panel * Tiling.Width;
                call.Zeros = block == firstBlock ? zeros : null;
                call.Accumulators = partial + ((long)t * TileFloats);
                Tiling.FilterKernel(call);
            }
        }
    }

    private readonly FilterTile FlatBlock(int block)
    {
        var first = block * Window.FlatPixels;
        return new FilterTile
        {
            Input = X + (first * Window.C),
            InputStep = Window.C,
            Gradient = Dy + (first * K),
            GradientStep = K,
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
            GradientStep = K,
            GradientRowStep = (long)Window.Q * K,
            Images = images,
            Rows = rows,
            Columns = Window.Q,
        };
    }
}
