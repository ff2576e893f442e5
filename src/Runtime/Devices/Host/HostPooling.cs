using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

internal sealed class HostPooling(HostThreads threads) : IPooling
{
    private readonly HostThreads _x = threads;

    public void MaxForward(in Pool2dShape shape, DeviceView<float> x, DeviceView<float> y, DeviceView<int> indices) => throw new NotImplementedException();

    public void MaxBackward(in Pool2dShape shape, DeviceView<float> dy, DeviceView<int> indices, DeviceView<float> dx, bool accumulate) => throw new NotImplementedException();

    public void MaxJvp(in Pool2dShape shape, DeviceView<float> xDot, DeviceView<int> indices, DeviceView<float> yDot) => throw new NotImplementedException();

    public void AverageForward(in Pool2dShape shape, DeviceView<float> x, DeviceView<float> y) => throw new NotImplementedException();

    public void AverageBackward(in Pool2dShape shape, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => throw new NotImplementedException();

    public void Subsample(in SubsampleShape shape, DeviceView<float> x, DeviceView<float> y) => throw new NotImplementedException();

    public void SubsampleBackward(in SubsampleShape shape, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => throw new NotImplementedException();
}
