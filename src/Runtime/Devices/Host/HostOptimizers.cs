namespace CudaNoisy.Runtime;

internal sealed class HostOptimizers(HostThreads threads) : IOptimizers
{
    private readonly HostThreads _x = threads;

    public void Sgd(DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> velocity, DeviceView<float> decay, float rate, float momentum, bool nesterov, bool first) => throw new NotImplementedException();

    public void Adam(DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> m, DeviceView<float> v, DeviceView<float> decay, float rate, float beta1, float beta2, float epsilon, int step) => throw new NotImplementedException();

    public void Lars(DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> velocity, DeviceView<float> decay, DeviceView<int> slices, DeviceView<float> adapt, float rate, float momentum, float trust) => throw new NotImplementedException();
}
