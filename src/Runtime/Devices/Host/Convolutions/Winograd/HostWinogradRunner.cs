namespace CudaNoisy.Runtime;

/// <summary>Transforms the filter and runs a <see cref="HostWinogradProduct"/>.</summary>
internal static unsafe class HostWinogradRunner
{
    /// <summary>Runs a product.</summary>
    /// <param name="device">The device.</param>
    /// <param name="product">All but the filters.</param>
    /// <param name="pack">Packs the filter.</param>
    /// <param name="w2">The filter of the product's second input, packed like the first; or null.</param>
    public static void Run(HostDevice device, HostWinogradProduct product, HostFilterPack pack, float* w2)
    {
        var (width, panels) = (product.Tiling.Width, product.Tiling.Panels(product.Grid.K));
        var filterFloats = WinogradGrid.Planes * panels * WinogradGrid.FilterPlane(product.Grid.C, width);
        var scratch = device.Scratch((w2 is null ? 1 : 2) * filterFloats);
        product.Filter = HostView.Pointer(scratch, scratch.Length);
        product.Filter2 = product.Filter + filterFloats;
        pack.Width = width;
        var filter = new HostWinogradFilter { Kernels = product.Kernels, Pack = pack, Scratch = device.Threads.WorkerScratch, Target = product.Filter };
        device.Threads.EnsureWorkerScratch(Math.Max(filter.ScratchFloats, product.ScratchFloats));
        device.Threads.Run(panels * filter.PartsPerPanel, filter);
        if (w2 is not null)
        {
            filter.Pack.W = w2;
            filter.Target = product.Filter2;
            device.Threads.Run(panels * filter.PartsPerPanel, filter);
        }

        device.Threads.Run(product.Parts, product);
    }
}
