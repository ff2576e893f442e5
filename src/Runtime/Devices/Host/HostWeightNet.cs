namespace CudaNoisy.Runtime;

internal sealed class HostWeightNet : IWeightNet
{

    public void Forward(int n, int hidden, DeviceView<float> phi, DeviceView<float> losses, DeviceView<float> weights) => throw new NotImplementedException();

    public void Backward(int n, int hidden, DeviceView<float> phi, DeviceView<float> losses, DeviceView<float> dweights, float scale, DeviceView<float> dphi) => throw new NotImplementedException();

    public void Normalize(int n, DeviceView<float> weights, DeviceView<float> normalized) => throw new NotImplementedException();

    public void NormalizeBackward(int n, DeviceView<float> weights, DeviceView<float> normalized, DeviceView<float> dnormalized, DeviceView<float> dweights) => throw new NotImplementedException();
}
