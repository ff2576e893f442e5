using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuOptimizers(IlgpuKernels kernels) : IOptimizers
{
    public void Sgd(DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> velocity, DeviceView<float> decay, float rate, float momentum, bool nesterov, bool first) => kernels.Run(
        GpuOptimizers.Sgd, kernels.Elements(theta.Length, true), IlgpuView.Of(theta), IlgpuView.Of(gradient, theta.Length), IlgpuView.Of(velocity, theta.Length), IlgpuView.Of(decay), rate,
        first ? 0f : momentum, nesterov ? 1 : 0, momentum);

    public void Adam(
        DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> m, DeviceView<float> v, DeviceView<float> decay, float rate, float beta1, float beta2, float epsilon, int step) => kernels.Run(
        GpuOptimizers.Adam, kernels.Elements(theta.Length, true), IlgpuView.Of(theta), IlgpuView.Of(gradient, theta.Length), IlgpuView.Of(m, theta.Length), IlgpuView.Of(v, theta.Length),
        IlgpuView.Of(decay), (float)(rate / (1 - Math.Pow(beta1, step))), beta1, beta2, epsilon, (float)Math.Sqrt(1 - Math.Pow(beta2, step)));

    public void Lars(
        DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> velocity, DeviceView<float> decay, DeviceView<int> slices, DeviceView<float> adapt, float rate, float momentum, float trust) =>
        kernels.Run(
            GpuOptimizers.Lars, kernels.Groups(slices.Length / 2), IlgpuView.Of(theta), IlgpuView.Of(gradient, theta.Length), IlgpuView.Of(velocity, theta.Length), IlgpuView.Of(decay),
            IlgpuView.Of(slices), IlgpuView.Of(adapt), rate, momentum, trust);
}
