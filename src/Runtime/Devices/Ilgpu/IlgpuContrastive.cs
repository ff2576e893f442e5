using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuContrastive(IlgpuKernels kernels) : IContrastive
{
    private const float SmallestNorm = 1e-12f;

    public void Normalize(int n, int length, DeviceView<float> x, DeviceView<float> z, DeviceView<float> inverse) => kernels.Run(
        GpuContrastive.Normalize, kernels.Groups(n), length, SmallestNorm, IlgpuView.Of(x, (long)n * length), IlgpuView.Of(z, (long)n * length), IlgpuView.Of(inverse, n));

    public void NormalizeBackward(int n, int length, DeviceView<float> z, DeviceView<float> inverse, DeviceView<float> dz, DeviceView<float> dx) => kernels.Run(
        GpuContrastive.NormalizeBackward, kernels.Groups(n), length, IlgpuView.Of(z, (long)n * length), IlgpuView.Of(inverse, n), IlgpuView.Of(dz, (long)n * length),
        IlgpuView.Of(dx, (long)n * length));

    public void Rows(int first, int rows, int n, DeviceView<float> s, DeviceView<float> logSums, DeviceView<float> losses, DeviceView<int> nearest) => kernels.Run(
        GpuContrastive.Rows, kernels.Groups(rows), first, n, IlgpuView.Of(s, (long)rows * n), IlgpuView.Of(logSums, n), IlgpuView.Of(losses, n), IlgpuView.Of(nearest, n));

    public void Weights(int first, int rows, int n, float scale, DeviceView<float> logSums, DeviceView<float> s) => kernels.Run(
        GpuContrastive.Weights, kernels.Elements((long)rows * n), first, rows, n, scale, IlgpuView.Of(logSums, n), IlgpuView.Of(s, (long)rows * n));
}
