using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuPooling(IlgpuKernels kernels) : IPooling
{
    public void MaxForward(in Pool2dShape shape, DeviceView<float> x, DeviceView<float> y, DeviceView<int> indices) => kernels.Run(
        GpuPooling.MaxForward, kernels.Places(shape.OutputLength, shape.InputLength), shape, IlgpuView.Of(x, shape.InputLength), IlgpuView.Of(y, shape.OutputLength), IlgpuView.Of(indices, shape.OutputLength));

    public void MaxBackward(in Pool2dShape shape, DeviceView<float> dy, DeviceView<int> indices, DeviceView<float> dx, bool accumulate) => kernels.Run(
        GpuPooling.MaxBackward, kernels.Places(shape.InputLength, shape.OutputLength), shape, IlgpuView.Of(dy, shape.OutputLength), IlgpuView.Of(indices, shape.OutputLength), accumulate ? 1 : 0,
        IlgpuView.Of(dx, shape.InputLength));

    public void MaxJvp(in Pool2dShape shape, DeviceView<float> xDot, DeviceView<int> indices, DeviceView<float> yDot) => kernels.Run(
        GpuPooling.MaxJvp, kernels.Places(shape.OutputLength, shape.InputLength), shape, IlgpuView.Of(xDot, shape.InputLength), IlgpuView.Of(indices, shape.OutputLength), IlgpuView.Of(yDot, shape.OutputLength));

    public void AverageForward(in Pool2dShape shape, DeviceView<float> x, DeviceView<float> y)
    {
        var (from, to) = (IlgpuView.Of(x, shape.InputLength), IlgpuView.Of(y, shape.OutputLength));
        var quads = IlgpuView.AreQuads(shape.C, x, y);
        if (IsGlobal(shape))
        {
            kernels.Run(
                quads ? GpuGlobalPooling.GlobalAverageForward<QuadAccess> : GpuGlobalPooling.GlobalAverageForward<SingleAccess>, kernels.Places(shape.OutputLength, shape.InputLength, quads),
                shape.N, shape.H * shape.W, shape.C, from, to);
        }
        else
            kernels.Run(GpuPooling.AverageForward, kernels.Places(shape.OutputLength, shape.InputLength), shape, from, to);
    }

    public void AverageBackward(in Pool2dShape shape, DeviceView<float> dy, DeviceView<float> dx, bool accumulate)
    {
        var (from, to) = (IlgpuView.Of(dy, shape.OutputLength), IlgpuView.Of(dx, shape.InputLength));
        var quads = IlgpuView.AreQuads(shape.C, dy, dx);
        if (IsGlobal(shape))
        {
            kernels.Run(
                quads ? GpuGlobalPooling.GlobalAverageBackward<QuadAccess> : GpuGlobalPooling.GlobalAverageBackward<SingleAccess>, kernels.Places(shape.InputLength, shape.OutputLength, quads),
                shape.N, shape.H * shape.W, shape.C, from, accumulate ? 1 : 0, to);
        }
        else
            kernels.Run(GpuPooling.AverageBackward, kernels.Places(shape.InputLength, shape.OutputLength), shape, from, accumulate ? 1 : 0, to);
    }

    public void Subsample(in SubsampleShape shape, DeviceView<float> x, DeviceView<float> y) =>
        kernels.Run(GpuPooling.Subsample, kernels.Places(shape.OutputLength, shape.InputLength), shape, IlgpuView.Of(x, shape.InputLength), IlgpuView.Of(y, shape.OutputLength));

    public void SubsampleBackward(in SubsampleShape shape, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => kernels.Run(
        GpuPooling.SubsampleBackward, kernels.Places(shape.InputLength, shape.OutputLength), shape, IlgpuView.Of(dy, shape.OutputLength), accumulate ? 1 : 0, IlgpuView.Of(dx, shape.InputLength));

    private static bool IsGlobal(in Pool2dShape s) => s == Pool2dShape.Global(s.N, s.H, s.W, s.C) || s == Pool2dShape.Global(s.N, s.H, s.W, s.C) with { CountPadding = 0 };
}
