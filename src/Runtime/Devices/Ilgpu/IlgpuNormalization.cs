using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuNormalization(IlgpuDevice device, IlgpuKernels kernels) : INormalization
{
    public void Moments(long rows, int channels, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance) => kernels.Run(
        GpuNormalization.Moments, kernels.Groups(channels), rows, channels, IlgpuView.Of(x, rows * channels), IlgpuView.Of(mean, channels), IlgpuView.Of(variance, channels));

    public void UpdateRunning(
        long rows, int channels, float momentum, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> runningMean, DeviceView<float> runningVariance) => kernels.Run(
        GpuNormalization.UpdateRunning, kernels.Elements(channels), momentum, rows > 1 ? (float)((double)rows / (rows - 1)) : 1f, IlgpuView.Of(mean, channels),
        IlgpuView.Of(variance, channels), IlgpuView.Of(runningMean, channels), IlgpuView.Of(runningVariance, channels));

    public void Forward(
        long rows, int channels, float epsilon, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta,
        DeviceView<float> residual, bool relu, DeviceView<float> y) => kernels.Run(
        GpuNormalization.Forward, kernels.Elements(rows * channels), channels, epsilon, IlgpuView.Of(x, rows * channels), IlgpuView.Of(mean, channels), IlgpuView.Of(variance, channels),
        IlgpuView.Of(gamma, channels), IlgpuView.Of(beta, channels), IlgpuView.Of(residual, residual.IsEmpty ? 0 : rows * channels), relu ? 1 : 0, IlgpuView.Of(y, rows * channels));

    public void Backward(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta,
        DeviceView<float> y, bool relu, DeviceView<float> dy, DeviceView<float> dx, bool accumulateX, DeviceView<float> dgamma, DeviceView<float> dbeta,
        DeviceView<float> dresidual, bool accumulateResidual)
    {
        var length = rows * channels;
        var sums = Reduce(rows, channels, x, mean, relu ? y : default, dy);
        kernels.Run(
            GpuNormalization.AddParameterGradients, kernels.Elements(channels), channels, epsilon, IlgpuView.Of(variance, channels), IlgpuView.Of(sums),
            IlgpuView.Of(dgamma, dgamma.IsEmpty ? 0 : channels), IlgpuView.Of(dbeta, dbeta.IsEmpty ? 0 : channels));
        kernels.Run(
            GpuNormalization.Backward, kernels.Elements(length), new NormalizationPass(rows, channels, epsilon, training ? 1 : 0, accumulateX ? 1 : 0, accumulateResidual ? 1 : 0),
            IlgpuView.Of(x, length), IlgpuView.Of(mean, channels), IlgpuView.Of(variance, channels), IlgpuView.Of(gamma, channels), IlgpuView.Of(relu ? y : default, relu ? length : 0),
            IlgpuView.Of(dy, length), IlgpuView.Of(sums), IlgpuView.Of(dx, dx.IsEmpty ? 0 : length), IlgpuView.Of(dresidual, dresidual.IsEmpty ? 0 : length));
    }

    public void Jvp(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta,
        DeviceView<float> y, bool relu, DeviceView<float> xDot, DeviceView<float> gammaDot, DeviceView<float> betaDot, DeviceView<float> residualDot, DeviceView<float> yDot)
    {
        var length = rows * channels;
        var sums = xDot.IsEmpty ? device.Scratch(2L * channels) : Reduce(rows, channels, x, mean, default, xDot);
        kernels.Run(
            GpuNormalization.Jvp, kernels.Elements(length), new NormalizationPass(rows, channels, epsilon, training ? 1 : 0, 0, 0), IlgpuView.Of(x, length), IlgpuView.Of(mean, channels),
            IlgpuView.Of(variance, channels), IlgpuView.Of(gamma, channels), IlgpuView.Of(relu ? y : default, relu ? length : 0), IlgpuView.Of(sums),
            new NormalizationTangents(
                IlgpuView.Of(xDot, xDot.IsEmpty ? 0 : length), IlgpuView.Of(gammaDot, gammaDot.IsEmpty ? 0 : channels), IlgpuView.Of(betaDot, betaDot.IsEmpty ? 0 : channels),
                IlgpuView.Of(residualDot, residualDot.IsEmpty ? 0 : length)),
            IlgpuView.Of(yDot, length));
    }

    private DeviceView<float> Reduce(long rows, int channels, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> y, DeviceView<float> dy)
    {
        var sums = device.Scratch(2L * channels);
        kernels.Run(
            GpuNormalization.Reduce, kernels.Groups(channels), rows, channels, IlgpuView.Of(x, rows * channels), IlgpuView.Of(mean, channels),
            IlgpuView.Of(y, y.IsEmpty ? 0 : rows * channels), IlgpuView.Of(dy, rows * channels), IlgpuView.Of(sums));
        return sums;
    }
}
