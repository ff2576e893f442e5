namespace CudaNoisy.Runtime;

/// <summary>Packs the filter, runs a <see cref="HostRowProduct"/> and merges its moments.</summary>
internal static unsafe class HostRowProductRunner
{
    public static void Run(HostDevice device, HostRowProduct product, HostFilterPack pack, float* bias, float* mean, float* variance)
    {
        var window = product.Window;
        var (width, panels) = (product.Tiling.Width, product.Tiling.Panels(product.K));
        var filterFloats = (long)panels * window.R * window.Depth * width;
        var biasFloats = (long)panels * width;
        var blocks = product.Blocks;
        var momentFloats = mean is null ? 0 : 2L * blocks * product.K;
        var scratch = device.Scratch(filterFloats + biasFloats + momentFloats);
        var memory = HostView.Pointer(scratch, scratch.Length);
        product.Panels = memory;
        if (bias is not null)
        {
            product.Bias = memory + filterFloats;
            var packed = new Span<float>(product.Bias, (int)biasFloats);
            packed.Clear();
            new ReadOnlySpan<float>(bias, product.K).CopyTo(packed);
        }

        product.Moments = mean is null ? null : memory + filterFloats + biasFloats;
        pack.Panels = memory;
        pack.Width = width;
        device.Threads.Run(window.R == 0 || window.S == 0 ? 0 : panels, pack);
        device.Threads.EnsureWorkerScratch(product.ScratchFloats);
        device.Threads.Run(product.Parts, product);
        if (mean is not null)
            Merge(product, blocks, mean, variance);
    }

    private static void Merge(in HostRowProduct product, int blocks, float* mean, float* variance)
    {
        Span<long> counts = blocks <= 1024 ? stackalloc long[blocks] : new long[blocks];
        for (var block = 0; block < blocks; block++)
            counts[block] = product.BlockPixels(block);
        HostMoments.Merge(product.Moments, counts, product.K, mean, variance);
    }
}
