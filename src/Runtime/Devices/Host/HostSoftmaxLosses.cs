using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

internal sealed class HostSoftmaxLosses(HostThreads threads) : ISoftmaxLosses
{
    private readonly HostThreads _x = threads;

    public void Forward<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> losses, DeviceView<int> predictions) where TLoss : unmanaged, ISoftmaxLoss => throw new NotImplementedException();

    public void Backward<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> weights, float scale, DeviceView<float> dz) where TLoss : unmanaged, ISoftmaxLoss => throw new NotImplementedException();

    public void Jvp<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> zDot, DeviceView<float> lossesDot) where TLoss : unmanaged, ISoftmaxLoss => throw new NotImplementedException();

    public void Softmax(int n, int classes, DeviceView<float> z, DeviceView<float> probabilities) => throw new NotImplementedException();

    public void Summarize(int n, DeviceView<float> losses, DeviceView<float> weights, DeviceView<int> predictions, DeviceView<int> labels, DeviceView<float> slot) => throw new NotImplementedException();
}
