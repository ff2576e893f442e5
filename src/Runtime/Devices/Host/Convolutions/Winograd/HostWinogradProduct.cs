using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>y = start + x * w by Winograd tiles: a part transforms a block of tiles, multiplies it by a share of the transformed filter, point by point, and transforms back.</summary>
internal unsafe struct HostWinogradProduct : IHostJob
{
    private const int WantedParts = 8;
    private const int SmallestShare = 64;
    private const int ShareWidth = 128;
    private const long CacheFloats = 176 * 1024;
    private const int FewestTiles = 24;
    private const int MostTiles = 48;

    /// <summary>Terms summed before a sum is added to the rest.</summary>
    private const int ChunkLength = 128;

    public HostTiling Tiling;
    public float** Scratch;
    public float* X;

    /// <summary>The transformed filter, [panel, point, c, column].</summary>
    public float* Filter;

    /// <summary>A second input and filter whose product is added; or null.</summary>
    public float* X2;

    /// <inheritdoc cref="X2"/>
    public float* Filter2;
    public HostWinogradOutput Output;

    /// <summary>Tiles a block.</summary>
    public readonly int BlockTiles
    {
        get
        {
            var wanted = (int)Math.Clamp(CacheFloats / (WinogradGrid.Planes * (Grid.C + Math.Min(Grid.K, ShareWidth))), FewestTiles, MostTiles);
            return Grid.BlockTiles(wanted, 4 * Tiling.Groups);
        }
    }

    private readonly WinogradGrid Grid => Output.Grid;

    private readonly WinogradKernels Kernels => Output.Kernels;

    public readonly int Blocks => (Grid.Tiles + BlockTiles - 1) / BlockTiles;

    /// <summary>Output channels a part makes.</summary>
    public readonly int ShareChannels
    {
        get
        {
            var shares = Math.Clamp((WantedParts + Blocks - 1) / Blocks, 1, Math.Max(1, Grid.K / SmallestShare));
            return ((Grid.K + shares - 1) / shares + Tiling.Width - 1) / Tiling.Width * Tiling.Width;
        }
    }

    public readonly int Parts => Blocks * ((Grid.K + ShareChannels - 1) / ShareChannels);

    public readonly long ScratchFloats => InputFloats + OutputFloats + PatchFloats + TileFloats + (2 * BlockTiles) + 64;

    // Rows and planes are a register longer than needed, so that they do not all fall on the same cache sets.
    private readonly long InputStride => Grid.C + WinogradGrid.ChannelGranule;

    private readonly long OutputStride => ShareChannels + WinogradGrid.ChannelGranule;

    private readonly long InputPlane => (BlockTiles * InputStride) + WinogradGrid.ChannelGranule;

    private readonly long OutputPlane => (BlockTiles * OutputStride) + WinogradGrid.ChannelGranule;

    private readonly long InputFloats => WinogradGrid.Planes * InputPlane;

    private readonly long OutputFloats => WinogradGrid.Planes * OutputPlane;

    private readonly long PatchFloats => WinogradGrid.Planes * Grid.C;

    private readonly long TileFloats => HostWinogradOutput.TileFloats(ShareChannels);

    public readonly void Execute(int part, int worker)
    {
        var (share, block) = Math.DivRem(part, Blocks);
        var (firstTile, firstK) = (block * BlockTiles, share * ShareChannels);
        var tiles = Math.Min(BlockTiles, Grid.Tiles - firstTile);
        var channels = Math.Min(ShareChannels, Grid.K - firstK);
        var points = Scratch[worker];
        var products = points + InputFloats;
        var patch = products + OutputFloats;
        var tile = patch + PatchFloats;
        var offsets = (long*)(tile + TileFloats);
        TransformInput(X, firstTile, tiles, points, patch);
        Multiply(tiles, firstK, channels, points, Filter, products, offsets, false);
        if (X2 is not null)
        {
            TransformInput(X2, firstTile, tiles, points, patch);
            Multiply(tiles, firstK, channels, points, Filter2, products, offsets, true);
        }

        Output.Transform(block, firstTile, tiles, firstK, channels, products, OutputStride, OutputPlane, tile);
    }

    private readonly void TransformInput(float* x, int firstTile, int tiles, float* points, float* patch)
    {
        var transform = Kernels.Input;
        for (var t = 0; t < tiles; t++)
        {
            var source = Grid.Input(x, firstTile + t, Grid.C, patch, out var row, out var column);
            transform(source, row, column, points + (t * InputStride), WinogradGrid.Points * InputPlane, InputPlane, Grid.C);
        }
    }

    private readonly void Multiply(int tiles, int firstK, int channels, float* points, float* transformed, float* products, long* offsets, bool add)
    {
        var groups = (tiles + 3) / 4;
        groups = (groups + Tiling.Groups - 1) / Tiling.Groups * Tiling.Groups;
        var outputs = offsets + groups;
        for (var g = 0; g < groups; g++)
            (offsets[g], outputs[g]) = (4 * g * InputStride, 4 * g * OutputStride);
        var kernel = Tiling.RowKernel;
        var row = new RowTile { InputStride = InputStride, FilterRows = 1, OutputStride = OutputStride, PreviousStride = OutputStride };
        var pieces = (Grid.C + ChunkLength - 1) / ChunkLength;
        var (firstPanel, panels) = (firstK / Tiling.Width, (channels + Tiling.Width - 1) / Tiling.Width);
        var nextFilter = (panels > 1 ? WinogradGrid.Planes : 1) * WinogradGrid.FilterPlane(Grid.C, Tiling.Width);
        for (var plane = 0; plane < WinogradGrid.Planes; plane++)
        {
            for (var panel = 0; panel < panels; panel++)
            {
                var input = points + (plane * InputPlane);
                var filter = transformed + (((((long)firstPanel + panel) * WinogradGrid.Planes) + plane) * WinogradGrid.FilterPlane(Grid.C, Tiling.Width));
                row.Output = products + (plane * OutputPlane) + (panel * Tiling.Width);
                for (var g = 0; g < groups; g += Tiling.Groups)
                {
                    row.InputOffsets = offsets + g;
                    row.OutputOffsets = outputs + g;
                    row.PreviousOffsets = outputs + g;
                    for (var piece = 0; piece < pieces; piece++)
                    {
                        var (first, last) = (Grid.C * piece / pieces, Grid.C * (piece + 1) / pieces);
                        row.Input = input + first;
                        row.Panel = filter + ((long)first * Tiling.Width);
                        row.Depth = last - first;
                        row.Previous = add || piece > 0 ? row.Output : null;

                        // The last tiles ask for the filter that comes next.
                        row.FetchPanel(g + Tiling.Groups >= groups ? row.Panel + nextFilter : null, Tiling.Width);
                        kernel(row);
                    }
                }
            }
        }
    }
}
