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
        var plane = WinogradGrid.FilterPlane(Pack.Rows, Pack.Width);
        Transform(panel, first, Scratch[worker], Target + (panel * WinogradGrid.Planes * plane) + ((long)first * Pack.Width), plane);
    }

    /// <summary>Packs and transforms 16 input channels of a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="first">The first input channel.</param>
    /// <param name="packed">Room for <see cref="ScratchFloats"/>.</param>
    /// <param name="target">Where the first point's values go.</param>
    /// <param name="plane">Floats from one point to the next.</param>
    public readonly void Transform(int panel, int first, float* packed, float* target, long plane)
    {
        var width = Pack.Width;
        var tap = (long)WinogradGrid.ChannelGranule * width;
        Pack.Pack(panel, first, WinogradGrid.ChannelGranule, packed);
        var transform = Kernels.Filter;
        for (var c = 0; c < WinogradGrid.ChannelGranule; c++)
            transform(packed + ((long)c * width), 3 * tap, tap, target + ((long)c * width), WinogradGrid.Points * plane, plane, width);
    }
}
