using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>Filter gradients in the way that suits their sizes: Winograd tiles, packed pixels, or patches.</summary>
internal static unsafe class HostFilterRunner
{
    /// <summary>dw = (or +=) x correlated with dy.</summary>
    public static void Run(HostDevice device, in Conv2dShape shape, DeviceView<float> x, DeviceView<float> dy, ParameterGradient dw)
    {
        if (WinogradGrid.Fits(shape))
        {
            RunTiles(device, shape, x, dy, dw);
            return;
        }

        if (HostPointwiseFilterProduct.Gains(shape))
        {
            RunPoints(device, shape, x, dy, dw);
            return;
        }

        var product = new HostFilterProduct
        {
            Window = HostWindow.Of(shape),
            Tiling = HostTiling.Of(device.VectorBits, shape.K),
            Scratch = device.Threads.WorkerScratch,
            X = HostView.Pointer(x, shape.InputLength),
            Dy = HostView.Pointer(dy, shape.OutputLength),
            K = shape.K,
        };
        var scratch = device.Scratch((long)product.Chunks * product.Tiles * product.TileFloats);
        product.Partials = HostView.Pointer(scratch, scratch.Length);
        device.Threads.EnsureWorkerScratch(product.ScratchFloats);
        device.Threads.Run(product.Parts, product);
        device.Threads.Run(shape.R * product.RowTilesPerFilterRow, new HostFilterSum { Product = product, Dw = HostView.Pointer(dw.Values, shape.FilterLength), Overwrites = dw.Overwrites });
    }

    private static void RunTiles(HostDevice device, in Conv2dShape shape, DeviceView<float> x, DeviceView<float> dy, ParameterGradient dw)
    {
        var product = new HostWinogradFilterProduct
        {
            Grid = WinogradGrid.Forward(shape),
            Kernels = new WinogradKernels(device.VectorBits),
            Tiling = HostTiling.Of(device.VectorBits, shape.K),
            Scratch = device.Threads.WorkerScratch,
            X = HostView.Pointer(x, shape.InputLength),
            Dy = HostView.Pointer(dy, shape.OutputLength),
        };
        var scratch = device.Scratch(product.Chunks * product.PartialFloats);
        product.Partials = HostView.Pointer(scratch, scratch.Length);
        device.Threads.EnsureWorkerScratch(product.ScratchFloats);
        device.Threads.Run(product.Parts, product);
        Sum(device, product.Partials, product.Chunks, shape, dw);
    }

    private static void RunPoints(HostDevice device, in Conv2dShape shape, DeviceView<float> x, DeviceView<float> dy, ParameterGradient dw)
    {
        var product = new HostPointwiseFilterProduct
        {
            Window = HostWindow.Of(shape),
            Tiling = HostTiling.Of(device.VectorBits, shape.K),
            Scratch = device.Threads.WorkerScratch,
            X = HostView.Pointer(x, shape.InputLength),
            Dy = HostView.Pointer(dy, shape.OutputLength),
            K = shape.K,
            Overwrites = dw.Overwrites,
        };
        var sums = product.Chunks == 1 ? dw.Values : device.Scratch(product.Chunks * product.PartialFloats);
        product.Partials = HostView.Pointer(sums, sums.Length);
        device.Threads.EnsureWorkerScratch(product.ScratchFloats);
        device.Threads.Run(product.Parts, product);
        if (product.Chunks > 1)
            Sum(device, product.Partials, product.Chunks, shape, dw);
    }

    private static void Sum(HostDevice device, float* partials, int chunks, in Conv2dShape shape, ParameterGradient dw)
    {
        var sum = new HostChunkSum
        {
            Partials = partials,
            Chunks = chunks,
            Length = shape.FilterLength,
            Target = HostView.Pointer(dw.Values, shape.FilterLength),
            Overwrites = dw.Overwrites,
        };
        device.Threads.Run(sum.Parts, sum);
    }
}
