using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuConvolution(IlgpuDevice device, IlgpuKernels kernels) : IConvolution
{
    public void Forward(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> y, bool accumulate) => kernels.Run(
        GpuConvolution.Forward, kernels.Elements(shape.OutputLength), shape, IlgpuView.Of(x, shape.InputLength), IlgpuView.Of(w, shape.FilterLength),
        IlgpuView.Of(bias, bias.IsEmpty ? 0 : shape.K), accumulate ? 1 : 0, IlgpuView.Of(y, shape.OutputLength));

    public void ForwardNormalized(
        in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, float epsilon, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        DeviceView<float> beta, DeviceView<float> residual, bool relu, DeviceView<float> y)
    {
        Forward(shape, x, w, default, y, false);
        device.Normalization.Forward(shape.Rows, shape.K, epsilon, y, mean, variance, gamma, beta, residual, relu, y);
    }

    public void ForwardWithMoments(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> y, DeviceView<float> mean, DeviceView<float> variance)
    {
        Forward(shape, x, w, default, y, false);
        device.Normalization.Moments(shape.Rows, shape.K, y, mean, variance);
    }

    public void Jvp(
        in Conv2dShape shape, DeviceView<float> x, DeviceView<float> xDot, DeviceView<float> w, DeviceView<float> wDot, DeviceView<float> biasDot, DeviceView<float> yDot)
    {
        Forward(shape, x, wDot, biasDot, yDot, false);
        if (!xDot.IsEmpty)
            Forward(shape, xDot, w, default, yDot, true);
    }

    public void BackwardData(in Conv2dShape shape, DeviceView<float> dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate) => kernels.Run(
        GpuConvolution.BackwardData, kernels.Elements(shape.InputLength), shape, IlgpuView.Of(dy, shape.OutputLength), IlgpuView.Of(w, shape.FilterLength), accumulate ? 1 : 0,
        IlgpuView.Of(dx, shape.InputLength));

    public void BackwardFilter(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> dy, DeviceView<float> dw) => kernels.Run(
        GpuConvolution.BackwardFilter, kernels.Elements(shape.FilterLength), shape, IlgpuView.Of(x, shape.InputLength), IlgpuView.Of(dy, shape.OutputLength),
        IlgpuView.Of(dw, shape.FilterLength));

    public void BackwardBias(in Conv2dShape shape, DeviceView<float> dy, DeviceView<float> dbias) =>
        kernels.Run(GpuConvolution.ColumnSums, kernels.Groups(shape.K), shape.Rows, shape.K, IlgpuView.Of(dy, shape.OutputLength), IlgpuView.Of(dbias, shape.K));
}
