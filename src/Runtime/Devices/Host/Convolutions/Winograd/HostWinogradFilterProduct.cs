using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Partial filter gradients by Winograd tiles: a part sums over a chunk of the tiles for a block of input and of output channels.</summary>
/// <remarks>dw = G^T [sum over tiles of (B^T x B) . (A dy A^T)] G; the sum is a matrix product for every point.</remarks>
internal unsafe struct HostWinogradFilterProduct : IHostJob
{
    private const int WantedParts = 16;
    private const int MostChannels = 128;
    private const int StepTiles = 48;

    public WinogradGrid Grid;
    public WinogradKernels Kernels;
    public HostTiling Tiling;
    public float** Scratch;
    public float* X;
    public float* Dy;

    /// <summary>For every chunk, [r, s, c, k].</summary>
    public float* Partials;

    /// <summary>Chunks of the tiles; it depends on the sizes only.</summary>
    public readonly int Chunks => Math.Clamp((WantedParts + (BlocksC * BlocksK) - 1) / (BlocksC * BlocksK), 1, Math.Max(1, Grid.Tiles / StepTiles));

    public readonly int Parts => Chunks * BlocksC * BlocksK;

    public readonly long PartialFloats => 9L * Grid.C * Grid.K;

    public readonly long ScratchFloats => PointFloats(BlockC) + PointFloats(BlockK) + SumFloats + (WinogradGrid.Planes * MostChannels) + 64;

    private readonly int BlocksC => (Grid.C + MostChannels - 1) / MostChannels;

    private readonly int BlocksK => (Grid.K + MostChannels - 1) / MostChannels;

    private readonly int BlockC => Math.Min(Grid.C, MostChannels);

    private readonly int BlockK => Math.Min(Grid.K, MostChannels);

    private readonly int RowTilesOf(int channels) => (channels + Tiling.Rows - 1) / Tiling.Rows;

    private readonly int TileFloats => Tiling.Rows * Tiling.Width;

    private readonly long SumPlane => (long)RowTilesOf(BlockC) * Tiling.Panels(BlockK) * TileFloats;

    private readonly long SumFloats => WinogradGrid.Planes * SumPlane;

    // Rows have room for the micro-kernel's surplus rows and columns, whose sums are dropped.
    private static long Stride(int channels) => channels + WinogradGrid.ChannelGranule;

    private static long Plane(int channels) => (StepTiles * Stride(channels)) + WinogradGrid.ChannelGranule;

    private readonly long PointFloats(int channels) => WinogradGrid.Planes * Plane(channels);

    public readonly void Execute(int part, int worker)
    {
        var (chunk, block) = Math.DivRem(part, BlocksC * BlocksK);
        var (blockC, blockK) = Math.DivRem(block, BlocksK);
        var (firstC, firstK) = (blockC * MostChannels, blockK * MostChannels);
        var (channelsC, channelsK) = (Math.Min(MostChannels, Grid.C - firstC), Math.Min(MostChannels, Grid.K - firstK));
        var (firstTile, lastTile) = ((int)((long)Grid.Tiles * chunk / Chunks), (int)((long)Grid.Tiles * (chunk + 1) / Chunks));
        var inputs = Scratch[worker];
        var gradients = inputs + PointFloats(BlockC);
        var sums = gradients + PointFloats(BlockK);
        var patch = sums + SumFloats;
        var zeros = stackalloc float[16];
        new Span<float>(zeros, 16).Clear();
        var input = Kernels.Input;
        var cotangent = Kernels.Cotangent;
        for (var tile = firstTile; tile < lastTile; tile += StepTiles)
        {
            var tiles = Math.Min(StepTiles, lastTile - tile);
            for (var t = 0; t < tiles; t++)
            {
                var x = Grid.Input(X + firstC, tile + t, channelsC, patch, out var row, out var column);
                input(x, row, column, inputs + (t * Stride(BlockC)), WinogradGrid.Points * Plane(BlockC), Plane(BlockC), channelsC);
                var dy = Grid.Output(Dy + firstK, tile + t, channelsK, patch, out row, out column);
                cotangent(dy, row, column, gradients + (t * Stride(BlockK)), WinogradGrid.Points * Plane(BlockK), Plane(BlockK), channelsK);
            }

            Multiply(inputs, gradients, tiles, channelsC, channelsK, sums, tile == firstTile ? zeros : null);
        }

        var transform = Kernels.Gradient;
        var target = Partials + (chunk * PartialFloats) + ((long)firstC * Grid.K) + firstK;
        for (var c = 0; c < channelsC; c++)
        {
            var (rowTile, line) = Math.DivRem(c, Tiling.Rows);
            for (var k = 0; k < channelsK; k += Tiling.Width)
            {
                var source = sums + ((((long)rowTile * Tiling.Panels(BlockK)) + (k / Tiling.Width)) * TileFloats) + (line * Tiling.Width);
                transform(source, WinogradGrid.Points * SumPlane, SumPlane, target + ((long)c * Grid.K) + k, 3L * Grid.C * Grid.K, (long)Grid.C * Grid.K, Math.Min(Tiling.Width, channelsK - k));
            }
        }
    }

    private readonly void Multiply(float* inputs, float* gradients, int tiles, int channelsC, int channelsK, float* sums, float* zeros)
    {
        var kernel = Tiling.FilterKernel;
        var (panels, rowTiles) = (Tiling.Panels(channelsK), RowTilesOf(channelsC));
        var calls = panels * rowTiles;
        var half = calls / 2;
        var nextSums = FetchAhead.StepOver(TileFloats, tiles);
        var call = new FilterTile { InputStep = Stride(BlockC), GradientStep = Stride(BlockK), Images = 1, Rows = 1, Columns = tiles, Zeros = zeros };
        for (var plane = 0; plane < WinogradGrid.Planes; plane++)
        {
            // The next point's factors lie behind this one's; they and the next sums are asked for.
            var nextInputs = FetchAhead.Over(inputs + ((plane + 1) * Plane(BlockC)), Plane(BlockC), (long)Math.Max(1, half) * tiles);
            var nextGradients = FetchAhead.Over(gradients + ((plane + 1) * Plane(BlockK)), Plane(BlockK), (long)(calls - half) * tiles);
            for (var panel = 0; panel < panels; panel++)
            {
                call.Gradient = gradients + (plane * Plane(BlockK)) + (panel * Tiling.Width);
                for (var rowTile = 0; rowTile < rowTiles; rowTile++)
                {
                    call.Input = inputs + (plane * Plane(BlockC)) + (rowTile * Tiling.Rows);
                    call.Accumulators = sums + (plane * SumPlane) + ((((long)rowTile * Tiling.Panels(BlockK)) + panel) * TileFloats);
                    var done = (panel * rowTiles) + rowTile;
                    call.Ahead.Set(done < half ? nextInputs.After((long)done * tiles) : nextGradients.After((long)(done - half) * tiles));
                    call.Ahead2.Set(call.Accumulators + TileFloats, nextSums);
                    kernel(call);
                }
            }
        }
    }
}
