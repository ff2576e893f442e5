using System.Numerics.Tensors;
using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>Convolutions as implicit matrix products on NHWC: packed filters, patches that stay in cache, register-blocked micro-kernels.</summary>
internal sealed unsafe class HostConvolution(HostDevice device) : IConvolution
{
    private const int BiasBlocks = 16;

    public void Forward(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> y, bool accumulate) =>
        Product(shape, x, w, bias, accumulate ? y : default, false, y, default, default);

    public void ForwardFused(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> residual, bool relu, DeviceView<float> y) =>
        Product(shape, x, w, bias, residual, relu, y, default, default);

    public void ForwardWithMoments(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> y, DeviceView<float> mean, DeviceView<float> variance) =>
        Product(shape, x, w, default, default, false, y, mean, variance);

    public void BackwardData(in Conv2dShape shape, DeviceView<float> dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate)
    {
        var target = HostView.Pointer(dx, shape.InputLength);
        for (var phaseH = 0; phaseH < Math.Min(shape.StrideH, shape.H); phaseH++)
        {
            for (var phaseW = 0; phaseW < Math.Min(shape.StrideW, shape.W); phaseW++)
                BackwardPhase(shape, phaseH, phaseW, HostView.Pointer(dy, shape.OutputLength), HostView.Pointer(w, shape.FilterLength), target, accumulate);
        }
    }

    public void BackwardFilter(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> dy, DeviceView<float> dw)
    {
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
        device.Threads.Run(shape.R * product.RowTilesPerFilterRow, new HostFilterSum { Product = product, Dw = HostView.Pointer(dw, shape.FilterLength) });
    }

    public void BackwardBias(in Conv2dShape shape, DeviceView<float> dy, DeviceView<float> dbias)
    {
        var scratch = device.Scratch((long)BiasBlocks * shape.K);
        var job = new ColumnSums
        {
            X = HostView.Pointer(dy, shape.OutputLength),
            Rows = shape.Rows,
            Columns = shape.K,
            Partials = HostView.Pointer(scratch, scratch.Length),
        };
        device.Threads.Run(BiasBlocks, job);
        var target = new Span<float>(HostView.Pointer(dbias, shape.K), shape.K);
        for (var block = 0; block < BiasBlocks; block++)
            TensorPrimitives.Add(target, new ReadOnlySpan<float>(job.Partials + ((long)block * shape.K), shape.K), target);
    }

    private void Product(
        in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> initial, bool relu, DeviceView<float> y,
        DeviceView<float> mean, DeviceView<float> variance)
    {
        var product = new HostRowProduct
        {
            Window = HostWindow.Of(shape),
            Tiling = HostTiling.Of(device.VectorBits, shape.K),
            Scratch = device.Threads.WorkerScratch,
            X = HostView.Pointer(x, shape.InputLength),
            Initial = HostView.Pointer(initial, shape.OutputLength),
            Y = HostView.Pointer(y, shape.OutputLength),
            K = shape.K,
            ImageStep = (long)shape.P * shape.Q * shape.K,
            RowStep = (long)shape.Q * shape.K,
            PixelStep = shape.K,
            Relu = relu,
        };
        var pack = new HostFilterPack
        {
            W = HostView.Pointer(w, shape.FilterLength),
            R = shape.R,
            S = shape.S,
            StepR = 1,
            StepS = 1,
            SourceS = shape.S,
            C = shape.C,
            K = shape.K,
            Scale = 1,
        };
        Run(product, pack, HostView.Pointer(bias, shape.K), HostView.Pointer(mean, shape.K), HostView.Pointer(variance, shape.K));
    }

    /// <summary>The input pixels (phaseH + i*StrideH, phaseW + j*StrideW): a stride-1 convolution of dy with every StrideH-th, StrideW-th tap, reversed.</summary>
    private void BackwardPhase(in Conv2dShape shape, int phaseH, int phaseW, float* dy, float* w, float* dx, bool accumulate)
    {
        var (firstR, countR, baseH) = Taps(phaseH + shape.PadTop, shape.StrideH, shape.R);
        var (firstS, countS, baseW) = Taps(phaseW + shape.PadLeft, shape.StrideW, shape.S);
        if (accumulate && (countR == 0 || countS == 0))
            return;
        var start = dx + ((((long)phaseH * shape.W) + phaseW) * shape.C);
        var product = new HostRowProduct
        {
            Window = new HostWindow(
                shape.N, shape.P, shape.Q, shape.K, countS == 0 ? 0 : countR, countR == 0 ? 0 : countS, 1, 1, countR - 1 - baseH, countS - 1 - baseW,
                (shape.H - phaseH + shape.StrideH - 1) / shape.StrideH, (shape.W - phaseW + shape.StrideW - 1) / shape.StrideW,
                DenseOutput: shape.StrideH == 1 && shape.StrideW == 1),
            Tiling = HostTiling.Of(device.VectorBits, shape.C),
            Scratch = device.Threads.WorkerScratch,
            X = dy,
            Initial = accumulate ? start : null,
            Y = start,
            K = shape.C,
            ImageStep = (long)shape.H * shape.W * shape.C,
            RowStep = (long)shape.StrideH * shape.W * shape.C,
            PixelStep = (long)shape.StrideW * shape.C,
        };
        var pack = new HostFilterPack
        {
            W = w,
            R = product.Window.R,
            S = product.Window.S,
            FirstR = firstR + ((countR - 1) * shape.StrideH),
            StepR = -shape.StrideH,
            FirstS = firstS + ((countS - 1) * shape.StrideW),
            StepS = -shape.StrideW,
            SourceS = shape.S,
            C = shape.C,
            K = shape.K,
            Transpose = true,
            Scale = 1,
        };
        Run(product, pack, null, null, null);
    }

    /// <summary>The first tap that meets a phase, their number, and the output index of the first one.</summary>
    private static (int First, int Count, int Base) Taps(int position, int stride, int size)
    {
        var first = position % stride;
        return (first, first < size ? ((size - 1 - first) / stride) + 1 : 0, (position - first) / stride);
    }

    private void Run(HostRowProduct product, HostFilterPack pack, float* bias, float* mean, float* variance) => HostRowProductRunner.Run(device, product, pack, bias, mean, variance);
}
