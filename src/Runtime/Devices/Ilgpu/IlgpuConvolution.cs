using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuConvolution(IlgpuDevice device, IlgpuNormalization normalization, IlgpuProduct products) : IConvolution
{
    public void Forward(in Conv2dShape shape, GatheredTensor x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> y, bool accumulate) =>
        Forward(shape, x, w, bias, y, accumulate, default);

    public void ForwardNormalized(
        in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, float epsilon, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        DeviceView<float> beta, DeviceView<float> residual, bool relu, DeviceView<float> y)
    {
        Forward(shape, x, w, default, y, false);
        normalization.Forward(shape.Rows, shape.K, epsilon, y, mean, variance, gamma, beta, residual, relu, y);
    }

    public void ForwardWithMoments(
        in Conv2dShape shape, GatheredTensor x, DeviceView<float> w, DeviceView<float> y, DeviceView<float> mean, DeviceView<float> variance, in NormalizationTable table = default)
    {
        // Split sums are whole only after a second launch: moments are taken there.
        if (products.Plan<ForwardPass<AsStored>>(shape, 1, false).Parts > 1)
        {
            normalization.Moments(shape.Rows, shape.K, y, mean, variance, table, Forward(shape, x, w, default, y, false, default, IlgpuNormalization.ScratchFloats(shape.K)));
            return;
        }

        var parts = device.Scratch(2L * shape.K * Tiles(shape.Rows));
        Forward(shape, x, w, default, y, false, new ProductColumns { Parts = IlgpuView.Of(parts) });
        normalization.MergeMoments(shape.Rows, ProductColumns.Rows, shape.K, parts, mean, variance, table);
    }

    public void Jvp(
        in Conv2dShape shape, GatheredTensor x, DeviceView<float> xDot, DeviceView<float> w, DeviceView<float> wDot, DeviceView<float> biasDot, DeviceView<float> yDot)
    {
        Forward(shape, x, wDot, biasDot, yDot, false);
        if (!xDot.IsEmpty)
            Forward(shape, xDot, w, default, yDot, true);
    }

    public void BackwardData(in Conv2dShape shape, ConvolutionCotangent dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate) =>
        BackwardData(shape, dy, w, dx, accumulate, default(ProductColumns));

    public void BackwardData(in Conv2dShape shape, ConvolutionCotangent dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate, in NormalizedInput input)
    {
        var rows = (long)shape.N * shape.H * shape.W;
        if (!IsWhole(shape, w, dx, input))
        {
            normalization.Reduce(rows, shape.C, input, dx, BackwardData(shape, dy, w, dx, accumulate, default, IlgpuNormalization.ScratchFloats(shape.C)));
            return;
        }

        var phases = Phases(shape);
        var tiles = phases * Tiles(rows / phases);
        var parts = device.Scratch(2L * shape.C * tiles);
        BackwardData(shape, dy, w, dx, accumulate, IlgpuNormalization.Columns(rows, shape.C, input, parts));
        normalization.MergeSums(rows, shape.C, tiles, input, parts);
    }

    public void BackwardFilter(in Conv2dShape shape, GatheredTensor x, ConvolutionCotangent dy, ParameterGradient dw)
    {
        switch (x.Table.IsEmpty, dy.Table.IsEmpty)
        {
            case (true, true):
                BackwardFilter<AsStored, AsStored>(shape, x, dy, dw);
                break;
            case (true, false):
                BackwardFilter<AsStored, NormalizedCotangent>(shape, x, dy, dw);
                break;
            case (false, true):
                BackwardFilter<Normalized, AsStored>(shape, x, dy, dw);
                break;
            default:
                BackwardFilter<Normalized, NormalizedCotangent>(shape, x, dy, dw);
                break;
        }
    }

    public void BackwardBias(in Conv2dShape shape, DeviceView<float> dy, ParameterGradient dbias) =>
        normalization.ColumnSums(shape.Rows, shape.K, dy, dbias);

    private ProductParts Forward(
        in Conv2dShape shape, GatheredTensor x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> y, bool accumulate, ProductColumns wanted, long behind = -1) => x.Table.IsEmpty
        ? Forward<AsStored>(shape, x, w, bias, y, accumulate, wanted, behind)
        : Forward<Normalized>(shape, x, w, bias, y, accumulate, wanted, behind);

    private ProductParts Forward<TInput>(
        in Conv2dShape shape, GatheredTensor x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> y, bool accumulate, ProductColumns wanted, long behind)
        where TInput : unmanaged, IInputMap => products.Run<ForwardPass<TInput>>(
            shape, 1, x.X.Slice(0, shape.InputLength), w.Slice(0, shape.FilterLength), bias.IsEmpty ? default : bias.Slice(0, shape.K), 1, accumulate ? 1 : 0,
            y.Slice(0, shape.OutputLength), IsAligned(shape), false, Mapping(shape, x), default, wanted, behind);

    private ProductParts BackwardData(
        in Conv2dShape shape, ConvolutionCotangent dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate, ProductColumns wanted, long behind = -1) => dy.Table.IsEmpty
        ? BackwardData<AsStored>(shape, dy, w, dx, accumulate, wanted, behind)
        : BackwardData<NormalizedCotangent>(shape, dy, w, dx, accumulate, wanted, behind);

    private ProductParts BackwardData<TCotangent>(
        in Conv2dShape shape, ConvolutionCotangent dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate, ProductColumns wanted, long behind)
        where TCotangent : unmanaged, ICotangentMap => products.Run<BackwardDataPass<TCotangent>>(
            shape, Phases(shape), dy.Dy.Slice(0, shape.OutputLength), w.Slice(0, shape.FilterLength), default, 1, accumulate ? 1 : 0, dx.Slice(0, shape.InputLength),
            IsAligned(shape), false, Mapping(shape, dy), default, wanted, behind);

    private void BackwardFilter<TInput, TCotangent>(in Conv2dShape shape, GatheredTensor x, ConvolutionCotangent dy, ParameterGradient dw)
        where TInput : unmanaged, IInputMap
        where TCotangent : unmanaged, ICotangentMap => products.Run<BackwardFilterPass<TInput, TCotangent>>(
            Flat(shape), 1, x.X.Slice(0, shape.InputLength), dy.Dy.Slice(0, shape.OutputLength), default, 1, dw.Overwrites ? 0 : 1, dw.Values.Slice(0, shape.FilterLength), IsAligned(shape), true,
            Mapping(shape, x), Mapping(shape, dy));

    private static OperandMapping Mapping(in Conv2dShape shape, GatheredTensor x) =>
        x.Table.IsEmpty ? default : new OperandMapping(IlgpuView.Of(x.Table, NormalizationTable.Length(shape.C)), default, 0);

    private static OperandMapping Mapping(in Conv2dShape shape, ConvolutionCotangent dy) => dy.Table.IsEmpty
        ? default
        : new OperandMapping(IlgpuView.Of(dy.Table, NormalizationTable.Length(shape.K)), IlgpuView.Of(dy.X, shape.OutputLength), IlgpuView.Address(dy.X));

    /// <summary>Interleaved products of the backward pass, see <see cref="BackwardDataPass{TCotangent}"/>.</summary>
    private static int Phases(in Conv2dShape shape) => shape.StrideH * shape.StrideW;

    /// <summary>Whether one launch makes whole sums of all pixels, 128 bits at a time, equally many in each phase of the stride.</summary>
    private bool IsWhole(in Conv2dShape shape, DeviceView<float> w, DeviceView<float> dx, in NormalizedInput input) =>
        shape.H % shape.StrideH == 0 && shape.W % shape.StrideW == 0 && IsAligned(shape) && products.Plan<BackwardDataPass<AsStored>>(shape, Phases(shape), false).Parts == 1 &&
        IlgpuView.AreQuads(shape.C, w, dx, input.X, input.Mean, input.Variance, input.Gamma) && IlgpuView.AreQuads(shape.C, input.Mask.Y, input.Mask.Beta);

    private static int Tiles(long rows) => (int)((rows + ProductColumns.Rows - 1) / ProductColumns.Rows);

    private static bool IsAligned(in Conv2dShape s) => s.C % 4 == 0 && s.K % 4 == 0;

    /// <summary>A pointwise convolution's pixels are one image of a single row: nothing has to be found out about them.</summary>
    private static Conv2dShape Flat(in Conv2dShape s) => s.IsPointwise && s.H * s.W > 1
        ? new Conv2dShape(1, 1, checked((int)s.Rows), s.C, s.K, 1, 1, 1, 1, 0, 0, 1, checked((int)s.Rows))
        : s;
}
