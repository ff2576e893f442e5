namespace CudaNoisy.Runtime;

/// <summary>Transforms all tiles of an input: one part a tile. The result is [point, tile, channel].</summary>
internal unsafe struct HostWinogradInput : IHostJob
{
    public WinogradGrid Grid;
    public WinogradKernels Kernels;
    public float** Scratch;
    public float* X;
    public float* Points;

    /// <summary>Floats from one tile to the next; a register longer than needed, so that tiles do not all fall on the same cache sets.</summary>
    public readonly long Stride => Grid.C + WinogradGrid.ChannelGranule;

    /// <summary>Floats from one point to the next, with room for the micro-kernel's surplus tiles.</summary>
    public readonly long Plane => ((Grid.Tiles + SurplusTiles) * Stride) + WinogradGrid.ChannelGranule;

    public readonly long Floats => WinogradGrid.Planes * Plane;

    public readonly long ScratchFloats => WinogradGrid.Planes * Grid.C;

    private const int SurplusTiles = 16;

    public readonly void Execute(int part, int worker)
    {
        var source = Grid.Input(X, part, Grid.C, Scratch[worker], out var row, out var column);
        Kernels.Input(source, row, column, Points + (part * Stride), WinogradGrid.Points * Plane, Plane, Grid.C);
    }
}
