using System.Numerics.Tensors;
using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>Convolutions as implicit matrix products on NHWC: packed filters, patches that stay in cache, register-blocked micro-kernels.</summary>
internal sealed unsafe class HostConvolution(HostDevice device, HostNormalization normalization) : IConvolution
{
    private const int BiasBlocks = 16;

    private DeviceBuffer<float>? _affine;

    public void Forward(in Conv2dShape shape, GatheredTensor x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> y, bool accumulate)
    {
        var initial = accumulate ? y : default;
        if (WinogradGrid.FitsTraining(shape))
            Tiled(shape, x.Tensor, ForwardPack(shape, w), HostView.Pointer(bias, shape.K), initial, false, y, default);
        else
            Direct(shape, x.Tensor, ForwardPack(shape, w), HostView.Pointer(bias, shape.K), initial, false, y, default);
    }

    public void ForwardWithMoments(
        in Conv2dShape shape, GatheredTensor x, DeviceView<float> w, DeviceView<float> y, DeviceView<float> mean, DeviceView<float> variance, in NormalizationTable table = default)
    {
        if (WinogradGrid.FitsTraining(shape))
            Tiled(shape, x.Tensor, ForwardPack(shape, w), null, default, false, y, Moments(shape, mean, variance));
        else
            Direct(shape, x.Tensor, ForwardPack(shape, w), null, default, false, y, Moments(shape, mean, variance));
    }

    public void ForwardNormalized(
        in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, float epsilon, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        DeviceView<float> beta, DeviceView<float> residual, bool relu, DeviceView<float> y)
    {
        var shift = Affine(shape.K, epsilon, mean, variance, gamma, beta, out var scale);
        var pack = ForwardPack(shape, w);
        pack.ColumnScale = scale;
        if (WinogradGrid.Fits(shape))
            Tiled(shape, x, pack, shift, residual, relu, y, default);
        else
            Direct(shape, x, pack, shift, residual, relu, y, default);
    }

    public void Jvp(
        in Conv2dShape shape, GatheredTensor x, DeviceView<float> xDot, DeviceView<float> w, DeviceView<float> wDot, DeviceView<float> biasDot, DeviceView<float> yDot)
    {
        if (WinogradGrid.Fits(shape))
        {
            var output = Tiles(WinogradGrid.Forward(shape), HostView.Pointer(yDot, shape.OutputLength));
            output.Bias = HostView.Pointer(biasDot, shape.K);
            HostWinogradRunner.Run(
                device, output, HostView.Pointer(x.Tensor, shape.InputLength), ForwardPack(shape, wDot), HostView.Pointer(xDot, shape.InputLength), HostView.Pointer(w, shape.FilterLength));
            return;
        }

        Forward(shape, x, wDot, biasDot, yDot, false);
        if (!xDot.IsEmpty)
            Forward(shape, xDot, w, default, yDot, true);
    }

    public void BackwardData(in Conv2dShape shape, ConvolutionCotangent dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate) =>
        BackwardData(shape, dy.Tensor, w, dx, accumulate, default(HostColumnSums));

    public void BackwardData(in Conv2dShape shape, ConvolutionCotangent dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate, in NormalizedInput input)
    {
        var rows = (long)shape.N * shape.H * shape.W;
        if (shape.StrideH == 1 && shape.StrideW == 1)
        {
            BackwardData(shape, dy.Tensor, w, dx, accumulate, normalization.Sums(rows, shape.C, input));
            HostNormalization.AddParameterGradients(shape.C, input);
        }
        else
        {
            BackwardData(shape, dy.Tensor, w, dx, accumulate, default(HostColumnSums));
            normalization.Reduce(rows, shape.C, input, dx);
        }
    }

    public void BackwardFilter(in Conv2dShape shape, GatheredTensor x, ConvolutionCotangent dy, ParameterGradient dw) => HostFilterRunner.Run(device, shape, x.Tensor, dy.Tensor, dw);

    public void BackwardBias(in Conv2dShape shape, DeviceView<float> dy, ParameterGradient dbias)
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
        var target = new Span<float>(HostView.Pointer(dbias.Values, shape.K), shape.K);
        if (dbias.Overwrites)
            target.Clear();
        for (var block = 0; block < BiasBlocks; block++)
            TensorPrimitives.Add(target, new ReadOnlySpan<float>(job.Partials + ((long)block * shape.K), shape.K), target);
    }

    /// <summary>With sums: only of stride 1, where there is a single phase.</summary>
    private void BackwardData(in Conv2dShape shape, DeviceView<float> dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate, HostColumnSums sums)
    {
        var target = HostView.Pointer(dx, shape.InputLength);
        if (WinogradGrid.Fits(shape))
        {
            var output = Tiles(WinogradGrid.Backward(shape), target);
            output.Initial = accumulate ? target : null;
            output.Streams = !accumulate && Streaming.Pays(target, shape.InputLength, shape.C);
            output.Sums = sums;
            HostWinogradRunner.Run(device, output, HostView.Pointer(dy, shape.OutputLength), BackwardPack(shape, w, 2, 1, 2, 1, 3, 3));
            return;
        }

        for (var phaseH = 0; phaseH < Math.Min(shape.StrideH, shape.H); phaseH++)
        {
            for (var phaseW = 0; phaseW < Math.Min(shape.StrideW, shape.W); phaseW++)
                BackwardPhase(shape, phaseH, phaseW, HostView.Pointer(dy, shape.OutputLength), w, target, accumulate, sums);
        }
    }

    private static HostColumnSums Moments(in Conv2dShape shape, DeviceView<float> mean, DeviceView<float> variance) =>
        new() { First = HostView.Pointer(mean, shape.K), Second = HostView.Pointer(variance, shape.K) };

    private HostWinogradOutput Tiles(WinogradGrid grid, float* y) => new() { Grid = grid, Kernels = new WinogradKernels(device.VectorBits), Y = y };

    /// <summary>scale = gamma / sqrt(variance + epsilon) and, returned, shift = beta - mean * scale.</summary>
    private float* Affine(
        int channels, float epsilon, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta, out float* scale)
    {
        if (_affine is null || _affine.Length < 2L * channels)
        {
            _affine?.Dispose();
            _affine = device.Allocate<float>(2L * channels);
        }

        scale = HostView.Pointer(_affine.View, _affine.Length);
        var shift = scale + channels;
        var m = new ReadOnlySpan<float>(HostView.Pointer(mean, channels), channels);
        var v = new ReadOnlySpan<float>(HostView.Pointer(variance, channels), channels);
        var g = new ReadOnlySpan<float>(HostView.Pointer(gamma, channels), channels);
        var b = new ReadOnlySpan<float>(HostView.Pointer(beta, channels), channels);
        for (var k = 0; k < channels; k++)
        {
            scale[k] = (float)(g[k] / Math.Sqrt((double)v[k] + epsilon));
            shift[k] = (float)(b[k] - ((double)m[k] * scale[k]));
        }

        return shift;
    }

    private void Tiled(
        in Conv2dShape shape, DeviceView<float> x, HostFilterPack pack, float* bias, DeviceView<float> initial, bool relu, DeviceView<float> y, HostColumnSums sums)
    {
        var output = Tiles(WinogradGrid.Forward(shape), HostView.Pointer(y, shape.OutputLength));
        output.Bias = bias;
        output.Initial = HostView.Pointer(initial, shape.OutputLength);
        output.Relu = relu;
        output.Streams = initial.IsEmpty && Streaming.Pays(output.Y, shape.OutputLength, shape.K);
        output.Sums = sums;
        HostWinogradRunner.Run(device, output, HostView.Pointer(x, shape.InputLength), pack);
    }

    private void Direct(
        in Conv2dShape shape, DeviceView<float> x, HostFilterPack pack, float* bias, DeviceView<float> initial, bool relu, DeviceView<float> y, HostColumnSums sums)
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
            Streams = initial.IsEmpty && Streaming.Pays(HostView.Pointer(y, shape.OutputLength), shape.OutputLength, shape.K),
            ChunkLength = shape.R * shape.S == 1 ? HostRowProduct.ExactPointChunk : HostRowProduct.ExactChunk,
            Sums = sums,
        };
        HostRowProductRunner.Run(device, product, pack, bias);
    }

    private static HostFilterPack ForwardPack(in Conv2dShape shape, DeviceView<float> w) => new()
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

    /// <summary>Packs the taps first, first - step, ... of w, transposed.</summary>
    private static HostFilterPack BackwardPack(in Conv2dShape shape, DeviceView<float> w, int lastR, int stepR, int lastS, int stepS, int countR, int countS) => new()
    {
        W = HostView.Pointer(w, shape.FilterLength),
        R = countR,
        S = countS,
        FirstR = lastR,
        StepR = -stepR,
        FirstS = lastS,
        StepS = -stepS,
        SourceS = shape.S,
        C = shape.C,
        K = shape.K,
        Transpose = true,
        Scale = 1,
    };

    /// <summary>The input pixels (phaseH + i*StrideH, phaseW + j*StrideW): a stride-1 convolution of dy with every StrideH-th, StrideW-th tap, reversed.</summary>
    private void BackwardPhase(in Conv2dShape shape, int phaseH, int phaseW, float* dy, DeviceView<float> w, float* dx, bool accumulate, HostColumnSums sums)
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
            Streams = !accumulate && Streaming.Pays(dx, shape.InputLength, shape.C),
            ChunkLength = HostRowProduct.LinearChunk,
            Sums = sums,
        };
        var pack = BackwardPack(
            shape, w, firstR + ((countR - 1) * shape.StrideH), shape.StrideH, firstS + ((countS - 1) * shape.StrideW), shape.StrideW, product.Window.R, product.Window.S);
        HostRowProductRunner.Run(device, product, pack, null);
    }

    /// <summary>The first tap that meets a phase, their number, and the output index of the first one.</summary>
    private static (int First, int Count, int Base) Taps(int position, int stride, int size)
    {
        var first = position % stride;
        return (first, first < size ? ((size - 1 - first) / stride) + 1 : 0, (position - first) / stride);
    }
}
