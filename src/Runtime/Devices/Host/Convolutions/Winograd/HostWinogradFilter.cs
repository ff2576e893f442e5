namespace CudaNoisy.Runtime;

/// <summary>Packs and transforms a 3x3 filter: one part a panel and 16 input channels.</summary>
/// <remarks>The result holds [panel, point, c, column].</remarks>
internal unsafe struct HostWinogradFilter : IHostJob
{
    public WinogradKernels Kernels;
    public HostFilterPack Pack;
    public float** Scratch;
    public float* Target;

    public readonly int PartsPerPanel => Pack.Rows / WinogradGrid.ChannelGranule;

    public readonly long ScratchFloats => 9L * WinogradGrid.ChannelGranule * Pack.Width;

    public readonly void Execute(int part, int worker)
    {
        var (panel, granule) = Math.DivRem(part, PartsPerPanel);
        var first = granule * WinogradGrid.ChannelGranule;
        var width = Pack.Width;
        var source = Scratch[worker];
        Pack.Pack(panel, first, WinogradGrid.ChannelGranule, source);
        var (tap, plane) = ((long)WinogradGrid.ChannelGranule * width, WinogradGrid.FilterPlane(Pack.Rows, width));
        var target = Target + (panel * WinogradGrid.Planes * plane) + ((long)first * width);
        var transform = Kernels.Filter;
        for (var c = 0; c < WinogradGrid.ChannelGranule; c++)
            transform(source + ((long)c * width), 3 * tap, tap, target + ((long)c * width), WinogradGrid.Points * plane, plane, width);
    }
}
