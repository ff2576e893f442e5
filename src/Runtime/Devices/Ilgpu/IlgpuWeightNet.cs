using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuWeightNet(IlgpuKernels kernels) : IWeightNet
{
    public void Forward(int n, int hidden, DeviceView<float> phi, DeviceView<float> losses, DeviceView<float> weights) =>
        kernels.Run(GpuWeightNet.Forward, kernels.Elements(n), n, hidden, IlgpuView.Of(phi), IlgpuView.Of(losses, n), IlgpuView.Of(weights, n));

    public void Backward(int n, int hidden, DeviceView<float> phi, DeviceView<float> losses, DeviceView<float> dweights, float scale, DeviceView<float> dphi) => kernels.Run(
        GpuWeightNet.Backward, kernels.Elements(hidden + 1), n, hidden, IlgpuView.Of(phi), IlgpuView.Of(losses, n), IlgpuView.Of(dweights, n), scale, IlgpuView.Of(dphi));

    public void Normalize(int n, DeviceView<float> weights, DeviceView<float> normalized) =>
        kernels.Run(GpuWeightNet.Normalize, kernels.Groups(1), n, IlgpuView.Of(weights, n), IlgpuView.Of(normalized, n));

    public void NormalizeBackward(int n, DeviceView<float> weights, DeviceView<float> normalized, DeviceView<float> dnormalized, DeviceView<float> dweights) => kernels.Run(
        GpuWeightNet.NormalizeBackward, kernels.Groups(1), n, IlgpuView.Of(weights, n), IlgpuView.Of(normalized, n), IlgpuView.Of(dnormalized, n), IlgpuView.Of(dweights, n));
}
