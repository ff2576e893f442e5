using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuBatches(IlgpuKernels kernels) : IBatches
{
    public void GatherImages(in GatherShape shape, DeviceView<byte> images, DeviceView<int> indices, DeviceView<int> flips, PixelScale scale, DeviceView<float> y) => kernels.Run(
        GpuBatches.Images, kernels.Places(shape.Length, shape.Length), shape, IlgpuView.Of(images), IlgpuView.Of(indices, shape.N), IlgpuView.Of(flips, flips.IsEmpty ? 0 : shape.N), scale,
        IlgpuView.Of(y, shape.Length));

    public void GatherRows(int n, int length, DeviceView<float> rows, DeviceView<int> indices, DeviceView<float> y) =>
        kernels.Run(GpuBatches.Rows, kernels.Elements((long)n * length), n, length, IlgpuView.Of(rows), IlgpuView.Of(indices, n), IlgpuView.Of(y, (long)n * length));

    public void GatherLabels(int n, DeviceView<int> values, DeviceView<int> indices, DeviceView<int> y) =>
        kernels.Run(GpuBatches.Labels, kernels.Elements(n), n, IlgpuView.Of(values), IlgpuView.Of(indices, n), IlgpuView.Of(y, n));
}
