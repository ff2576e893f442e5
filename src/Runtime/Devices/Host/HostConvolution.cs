using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

internal sealed class HostConvolution(HostDevice device) : IConvolution
{
    private readonly HostDevice _x = device;

    public void Forward(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> y, bool accumulate) => throw new NotImplementedException();

    public void ForwardWithMoments(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> y, DeviceView<float> mean, DeviceView<float> variance) => throw new NotImplementedException();

    public void BackwardData(in Conv2dShape shape, DeviceView<float> dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate) => throw new NotImplementedException();

    public void BackwardFilter(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> dy, DeviceView<float> dw) => throw new NotImplementedException();

    public void BackwardBias(in Conv2dShape shape, DeviceView<float> dy, DeviceView<float> dbias) => throw new NotImplementedException();
}
