using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>The product of <see cref="HostWinogradProduct"/> where there are few tiles and many channels: a part makes one panel of output channels for all tiles.</summary>
/// <remarks>The transformed filter, four times as large as the filter, is never in memory as a whole: a part transforms some input channels of its panel into the second-level cache, uses them on all tiles and goes on.</remarks>
internal unsafe struct HostWinogradPanelProduct : IHostJob
{
    private const int MostTiles = 128;
    private const int FewestProducts = 256 * 256;

    /// <summary>Input channels transformed at a time, and terms summed before a sum is added to the rest.</summary>
    private const int ChunkChannels = 64;

    public HostTiling Tiling;
    public float** Scratch;

    /// <summary>The transformed input.</summary>
    public HostWinogradInput Input;
    public HostFilterPack Filter;

    /// <summary>A second input and filter whose product is added, where <see cref="HostFilterPack.W"/> is not null.</summary>
    public HostWinogradInput Input2;

    /// <inheritdoc cref="Input2"/>
    public HostFilterPack Filter2;
    public HostWinogradOutput Output;

    /// <summary>Whether a product is faster this way.</summary>
    public static bool Gains(in WinogradGrid grid) => grid.Tiles <= MostTiles && (long)grid.C * grid.K >= FewestProducts;

    public readonly int Parts => Tiling.Panels(Grid.K);

    public readonly long ScratchFloats => FilterFloats + ProductFloats + HostWinogradOutput.TileFloats(Tiling.Width) + Pack.ScratchFloats + (2 * MostGroups) + 64;

    private readonly WinogradGrid Grid => Output.Grid;

    private readonly HostWinogradFilter Pack => new() { Kernels = Output.Kernels, Pack = Filter };

    private readonly long FilterFloats => WinogradGrid.Planes * WinogradGrid.FilterPlane(Math.Min(ChunkChannels, Grid.C), Tiling.Width);

    private readonly int MostGroups => (((Grid.Tiles + 3) / 4) + Tiling.Groups - 1) / Tiling.Groups * Tiling.Groups;

    private readonly long ProductPlane => (4L * MostGroups * Tiling.Width) + WinogradGrid.ChannelGranule;

    private readonly long ProductFloats => WinogradGrid.Planes * ProductPlane;

    public readonly void Execute(int part, int worker)
    {
        var filter = Scratch[worker];
        var products = filter + FilterFloats;
        var tile = products + ProductFloats;
        var packed = tile + HostWinogradOutput.TileFloats(Tiling.Width);
        var offsets = (long*)(packed + Pack.ScratchFloats);
        Multiply(Input, Filter, part, filter, products, packed, offsets, add: false);
        if (Filter2.W is not null)
            Multiply(Input2, Filter2, part, filter, products, packed, offsets, add: true);
        var firstK = part * Tiling.Width;
        Output.Transform(0, 0, Grid.Tiles, firstK, Math.Min(Tiling.Width, Grid.K - firstK), products, Tiling.Width, ProductPlane, tile);
    }

    private readonly void Multiply(in HostWinogradInput input, in HostFilterPack pack, int panel, float* filter, float* products, float* packed, long* offsets, bool add)
    {
        var transform = new HostWinogradFilter { Kernels = Output.Kernels, Pack = pack };
        var groups = MostGroups;
        var outputs = offsets + groups;
        for (var g = 0; g < groups; g++)
            (offsets[g], outputs[g]) = (4 * g * input.Stride, 4L * g * Tiling.Width);
        var kernel = Tiling.RowKernel;
        var row = new RowTile { InputStride = input.Stride, FilterRows = 1, OutputStride = Tiling.Width, PreviousStride = Tiling.Width };
        for (var first = 0; first < Grid.C; first += ChunkChannels)
        {
            var channels = Math.Min(ChunkChannels, Grid.C - first);
            var filterPlane = WinogradGrid.FilterPlane(channels, Tiling.Width);
            for (var c = 0; c < channels; c += WinogradGrid.ChannelGranule)
                transform.Transform(panel, first + c, packed, filter + ((long)c * Tiling.Width), filterPlane);
            row.Depth = channels;
            for (var plane = 0; plane < WinogradGrid.Planes; plane++)
            {
                row.Input = input.Points + (plane * input.Plane) + first;
                row.Panel = filter + (plane * filterPlane);
                row.Output = products + (plane * ProductPlane);
                row.Previous = add || first > 0 ? row.Output : null;
                for (var g = 0; g < groups; g += Tiling.Groups)
                {
                    row.InputOffsets = offsets + g;
                    row.OutputOffsets = outputs + g;
                    row.PreviousOffsets = outputs + g;
                    kernel(row);
                }
            }
        }
    }
}
