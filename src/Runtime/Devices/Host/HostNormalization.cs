namespace CudaNoisy.Runtime;

internal sealed class HostNormalization(HostThreads threads) : INormalization
{
    private readonly HostThreads _x = threads;

    public void Moments(long rows, int channels, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance) => throw new NotImplementedException();

    public void UpdateRunning(long rows, int channels, float momentum, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> runningMean, DeviceView<float> runningVariance) => throw new NotImplementedException();

    public void Forward(long rows, int channels, float epsilon, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta, DeviceView<float> residual, bool relu, DeviceView<float> y) => throw new NotImplementedException();

    public void Backward(long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> y, bool relu, DeviceView<float> dy, DeviceView<float> dx, bool accumulateX, DeviceView<float> dgamma, DeviceView<float> dbeta, DeviceView<float> dresidual, bool accumulateResidual) => throw new NotImplementedException();

    public void Jvp(long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> y, bool relu, DeviceView<float> xDot, DeviceView<float> gammaDot, DeviceView<float> betaDot, DeviceView<float> residualDot, DeviceView<float> yDot) => throw new NotImplementedException();
}
