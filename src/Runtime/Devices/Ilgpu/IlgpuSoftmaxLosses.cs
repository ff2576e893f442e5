using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuSoftmaxLosses(IlgpuKernels kernels) : ISoftmaxLosses
{
    public void Forward<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> losses, DeviceView<int> predictions)
        where TLoss : unmanaged, ISoftmaxLoss => kernels.Run(
        GpuLosses.Forward, kernels.Warps(n), loss, n, classes, IlgpuView.Of(z, (long)n * classes), IlgpuView.Of(labels, n), IlgpuView.Of(losses, n),
        IlgpuView.Of(predictions, predictions.IsEmpty ? 0 : n));

    public void Backward<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> weights, float scale, DeviceView<float> dz)
        where TLoss : unmanaged, ISoftmaxLoss => kernels.Run(
        GpuLosses.Backward, kernels.Warps(n), loss, n, classes, IlgpuView.Of(z, (long)n * classes), IlgpuView.Of(labels, n), IlgpuView.Of(weights, weights.IsEmpty ? 0 : n), scale,
        IlgpuView.Of(dz, (long)n * classes));

    public void Jvp<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> zDot, DeviceView<float> lossesDot)
        where TLoss : unmanaged, ISoftmaxLoss => kernels.Run(
        GpuLosses.Jvp, kernels.Warps(n), loss, n, classes, IlgpuView.Of(z, (long)n * classes), IlgpuView.Of(labels, n), IlgpuView.Of(zDot, (long)n * classes), IlgpuView.Of(lossesDot, n));

    public void Softmax(int n, int classes, DeviceView<float> z, DeviceView<float> probabilities) =>
        kernels.Run(GpuLosses.Softmax, kernels.Warps(n), n, classes, IlgpuView.Of(z, (long)n * classes), IlgpuView.Of(probabilities, (long)n * classes));

    public void Summarize(int n, DeviceView<float> losses, DeviceView<float> weights, DeviceView<int> predictions, DeviceView<int> labels, DeviceView<float> slot) => kernels.Run(
        GpuLosses.Summarize, kernels.Groups(1), n, IlgpuView.Of(losses, n), IlgpuView.Of(weights, weights.IsEmpty ? 0 : n), IlgpuView.Of(predictions, n), IlgpuView.Of(labels, n),
        IlgpuView.Of(slot, 4));
}
