namespace CudaNoisy.Runtime;

/// <summary>Runs a Winograd product in the way that suits its sizes.</summary>
internal static unsafe class HostWinogradRunner
{
    /// <summary>Runs a product.</summary>
    /// <param name="device">The device.</param>
    /// <param name="output">Grid, kernels and where the result goes.</param>
    /// <param name="x">The input.</param>
    /// <param name="pack">Packs the filter.</param>
    /// <param name="x2">A second input whose product with <paramref name="w2"/> is added; or null.</param>
    /// <param name="w2">Its filter, packed like the first.</param>
    public static void Run(
        HostDevice device, HostWinogradOutput output, float* x, HostFilterPack pack, float* x2 = null, float* w2 = null)
    {
        var tiling = HostTiling.Of(device.VectorBits, output.Grid.K);
        pack.Width = tiling.Width;
        if (HostWinogradPanelProduct.Gains(output.Grid))
            RunPanels(device, output, tiling, x, pack, x2, w2);
        else
            RunBlocks(device, output, tiling, x, pack, x2, w2);
    }

    private static void RunPanels(
        HostDevice device, HostWinogradOutput output, HostTiling tiling, float* x, HostFilterPack pack, float* x2, float* w2)
    {
        var threads = device.Threads;
        var input = new HostWinogradInput { Grid = output.Grid, Kernels = output.Kernels, Scratch = threads.WorkerScratch, X = x };
        var points = (x2 is null ? 1 : 2) * input.Floats;
        var scratch = device.Scratch(points + output.Sums.Floats(1, output.Grid.K));
        input.Points = HostView.Pointer(scratch, scratch.Length);
        output.Sums.Blocks = input.Points + points;
        var product = new HostWinogradPanelProduct { Tiling = tiling, Scratch = threads.WorkerScratch, Input = input, Filter = pack, Output = output };
        threads.EnsureWorkerScratch(Math.Max(input.ScratchFloats, product.ScratchFloats));
        threads.Run(output.Grid.Tiles, input);
        if (x2 is not null)
        {
            input.X = x2;
            input.Points += input.Floats;
            threads.Run(output.Grid.Tiles, input);
            product.Input2 = input;
            product.Filter2 = pack;
            product.Filter2.W = w2;
        }

        threads.Run(product.Parts, product);
        Merge(output, 1, output.Grid.Tiles);
    }

    private static void RunBlocks(
        HostDevice device, HostWinogradOutput output, HostTiling tiling, float* x, HostFilterPack pack, float* x2, float* w2)
    {
        var threads = device.Threads;
        var panels = tiling.Panels(output.Grid.K);
        var filterFloats = WinogradGrid.Planes * panels * WinogradGrid.FilterPlane(output.Grid.C, tiling.Width);
        var filters = (x2 is null ? 1 : 2) * filterFloats;
        var product = new HostWinogradProduct { Tiling = tiling, Scratch = threads.WorkerScratch, X = x, X2 = x2, Output = output };
        var blocks = product.Blocks;
        var scratch = device.Scratch(filters + output.Sums.Floats(blocks, output.Grid.K));
        var filter = new HostWinogradFilter { Kernels = output.Kernels, Pack = pack, Scratch = threads.WorkerScratch, Target = HostView.Pointer(scratch, scratch.Length) };
        product.Filter = filter.Target;
        product.Filter2 = filter.Target + filterFloats;
        product.Output.Sums.Blocks = filter.Target + filters;
        threads.EnsureWorkerScratch(Math.Max(filter.ScratchFloats, product.ScratchFloats));
        threads.Run(panels * filter.PartsPerPanel, filter);
        if (x2 is not null)
        {
            filter.Pack.W = w2;
            filter.Target = product.Filter2;
            threads.Run(panels * filter.PartsPerPanel, filter);
        }

        threads.Run(product.Parts, product);
        Merge(product.Output, blocks, product.BlockTiles);
    }

    private static void Merge(in HostWinogradOutput output, int blocks, int blockTiles)
    {
        if (!output.Sums.Wanted)
            return;
        var grid = output.Grid;
        Span<long> counts = blocks <= 1024 ? stackalloc long[blocks] : new long[blocks];
        for (var block = 0; block < blocks; block++)
            counts[block] = grid.Pixels(block * blockTiles, Math.Min(blockTiles, grid.Tiles - (block * blockTiles)));
        output.Sums.Merge(counts, grid.K);
    }
}
