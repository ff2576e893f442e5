using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuViews(IlgpuKernels kernels) : IViews
{
    public void Make(in GatherShape shape, DeviceView<byte> images, DeviceView<int> indices, DeviceView<ViewDraw> draws, PixelScale scale, DeviceView<float> y)
    {
        if (shape.C != 3)
            throw new ArgumentException($"images of 3 channels expected, {shape.C} came", nameof(shape));
        kernels.Run(
            GpuViews.Make, kernels.Groups(shape.N), shape, IlgpuView.Of(images), IlgpuView.Of(indices, shape.N), IlgpuView.Of(draws, shape.N), scale, IlgpuView.Of(y, shape.Length));
    }
}
