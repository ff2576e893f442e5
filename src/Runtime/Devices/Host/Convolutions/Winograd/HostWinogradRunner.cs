namespace CudaNoisy.Runtime;

/// <summary>Packs and transforms the filter and runs a <see cref="HostWinogradProduct"/>.</summary>
internal static unsafe class HostWinogradRunner
{
    /// <summary>Runs a product.</summary>
    /// <param name="device">The device.</param>
    /// <param name="product">All but the filters.</param>
    /// <param name="pack">Packs the filter.</param>
    /// <param name="w2">The filter of the product's second input, packed like the first; or null.</param>
    public static void Run(HostDevice device, HostWinogradProduct product, HostFilterPack pack, float* w2)
    {
        var grid = product.Grid;
        var (width, panels) = (product.Tiling.Width, product.Tiling.Panels(grid.K));
        var panelFloats = (long)grid.C * width;
        var packedFloats = 9 * panels * panelFloats;
        var filterFloats = WinogradGrid.Planes * panels * panelFloats;
        var scratch = device.Scratch((w2 is null ? 1 : 2) * filterFloats + packedFloats);
        product.Filter = HostView.Pointer(scratch, scratch.Length);
        product.Filter2 = product.Filter + filterFloats;
        pack.Panels = w2 is null ? product.Filter2 : product.Filter2 + filterFloats;
        pack.Width = width;
        Transform(device, product, pack, product.Filter);
        if (w2 is not null)
        {
            pack.W = w2;
            Transform(device, product, pack, product.Filter2);
        }

        device.Threads.EnsureWorkerScratch(product.ScratchFloats);
        device.Threads.Run(product.Parts, product);
    }

    private static void Transform(HostDevice device, in HostWinogradProduct product, in HostFilterPack pack, float* target)
    {
        var panels = product.Tiling.Panels(product.Grid.K);
        var filter = new HostWinogradFilter { Kernels = product.Kernels, Panels = pack.Panels, Target = target, C = product.Grid.C, Width = pack.Width };
        device.Threads.Run(panels, pack);
        device.Threads.Run(panels * filter.PartsPerPanel, filter);
    }
}
