namespace CudaNoisy.Runtime;

/// <summary>Packs the filter, runs a <see cref="HostRowProduct"/> and merges its sums over channels.</summary>
internal static unsafe class HostRowProductRunner
{
    public static void Run(HostDevice device, HostRowProduct product, HostFilterPack pack, float* bias)
    {
        var window = product.Window;
        var (width, panels) = (product.Tiling.Width, product.Tiling.Panels(product.K));
        var filterFloats = (long)panels * window.R * window.Depth * width;
        var biasFloats = (long)panels * width;
        var blocks = product.Blocks;
        var scratch = device.Scratch(filterFloats + biasFloats + product.Sums.Floats(blocks, product.K));
        var memory = HostView.Pointer(scratch, scratch.Length);
        product.Panels = memory;
        if (bias is not null)
        {
            product.Bias = memory + filterFloats;
            var packed = new Span<float>(product.Bias, (int)biasFloats);
            packed.Clear();
            new ReadOnlySpan<float>(bias, product.K).CopyTo(packed);
        }

        product.Sums.Blocks = memory + filterFloats + biasFloats;
        pack.Panels = memory;
        pack.Width = width;
        device.Threads.Run(window.R == 0 || window.S == 0 ? 0 : panels, pack);
        device.Threads.EnsureWorkerScratch(product.ScratchFloats);
        device.Threads.Run(product.Parts, product);
        if (!product.Sums.Wanted)
            return;
        Span<long> counts = blocks <= 1024 ? stackalloc long[blocks] : new long[blocks];
        for (var block = 0; block < blocks; block++)
            counts[block] = product.BlockPixels(block);
        product.Sums.Merge(counts, product.K);
    }
}
