namespace CudaNoisy.Runtime;

/// <summary>Transforms a packed 3x3 filter: one part a panel and 16 input channels.</summary>
/// <remarks>Panels hold [r, s, c, column]; the result holds [panel, point, c, column].</remarks>
internal unsafe struct HostWinogradFilter : IHostJob
{
    public WinogradKernels Kernels;
    public float* Panels;
    public float* Target;
    public int C;
    public int Width;

    public readonly int PartsPerPanel => C / WinogradGrid.ChannelGranule;

    public readonly void Execute(int part, int worker)
    {
        var (panel, first) = Math.DivRem(part, PartsPerPanel);
        var plane = (long)C * Width;
        var source = Panels + (panel * 9 * plane);
        var target = Target + (panel * WinogradGrid.Planes * plane);
        var transform = Kernels.Filter;
        for (var c = first * WinogradGrid.ChannelGranule; c < (first + 1) * WinogradGrid.ChannelGranule; c++)
            transform(source + ((long)c * Width), 3 * plane, plane, target + ((long)c * Width), WinogradGrid.Points * plane, plane, Width);
    }
}
