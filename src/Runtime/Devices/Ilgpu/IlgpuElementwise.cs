using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuElementwise(IlgpuKernels kernels) : IElementwise
{
    public void Fill(DeviceView<float> x, float value)
    {
        var quads = IlgpuView.AreQuads(x.Length, x);
        kernels.Run(quads ? GpuElementwise.Fill<QuadAccess> : GpuElementwise.Fill<SingleAccess>, kernels.Elements(x.Length, quads), IlgpuView.Of(x), value);
    }

    public void Copy(DeviceView<float> x, DeviceView<float> y)
    {
        var quads = IlgpuView.AreQuads(x.Length, x, y);
        kernels.Run(quads ? GpuElementwise.Copy<QuadAccess> : GpuElementwise.Copy<SingleAccess>, kernels.Elements(x.Length, quads), IlgpuView.Of(x), IlgpuView.Of(y, x.Length));
    }

    public void Add(DeviceView<float> a, DeviceView<float> b, DeviceView<float> y) => AddScaled(a, 1, b, y);

    public void AddScaled(DeviceView<float> x, float alpha, DeviceView<float> v, DeviceView<float> y)
    {
        var quads = IlgpuView.AreQuads(y.Length, x, v, y);
        kernels.Run(
            quads ? GpuElementwise.AddScaled<QuadAccess> : GpuElementwise.AddScaled<SingleAccess>, kernels.Elements(y.Length, quads), IlgpuView.Of(x, y.Length), alpha,
            IlgpuView.Of(v, y.Length), IlgpuView.Of(y));
    }

    public void Relu(DeviceView<float> x, DeviceView<float> y) => Clip(x, 0, float.PositiveInfinity, y);

    public void ReluBackward(DeviceView<float> y, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => ClipBackward(y, 0, float.PositiveInfinity, dy, dx, accumulate);

    public void Clip(DeviceView<float> x, float low, float high, DeviceView<float> y)
    {
        var quads = IlgpuView.AreQuads(y.Length, x, y);
        kernels.Run(
            quads ? GpuElementwise.Clip<QuadAccess> : GpuElementwise.Clip<SingleAccess>, kernels.Elements(y.Length, quads), IlgpuView.Of(x, y.Length), low, high, IlgpuView.Of(y));
    }

    public void ClipBackward(DeviceView<float> x, float low, float high, DeviceView<float> dy, DeviceView<float> dx, bool accumulate)
    {
        var quads = IlgpuView.AreQuads(dx.Length, x, dy, dx);
        kernels.Run(
            quads ? GpuElementwise.Mask<QuadAccess> : GpuElementwise.Mask<SingleAccess>, kernels.Elements(dx.Length, quads), IlgpuView.Of(x, dx.Length), low, high,
            IlgpuView.Of(dy, dx.Length), accumulate ? 1 : 0, IlgpuView.Of(dx));
    }

    public void ChannelAffine(long rows, int channels, DeviceView<float> x, DeviceView<float> scale, DeviceView<float> shift, DeviceView<float> y)
    {
        var quads = IlgpuView.AreQuads(channels, x, scale, shift, y);
        kernels.Run(
            quads ? GpuElementwise.Affine<QuadAccess> : GpuElementwise.Affine<SingleAccess>, kernels.Sweep(rows, channels, quads), rows, channels, IlgpuView.Of(x, rows * channels),
            IlgpuView.Of(scale), IlgpuView.Of(shift), IlgpuView.Of(y, rows * channels));
    }

    public void ToChannelsFirst(int n, int h, int w, int c, DeviceView<float> x, DeviceView<float> y) => Layout(n, h * w, c, x, true, false, y);

    public void ToChannelsLast(int n, int h, int w, int c, DeviceView<float> x, DeviceView<float> y, bool accumulate) => Layout(n, h * w, c, x, false, accumulate, y);

    public void Dot(DeviceView<float> x, DeviceView<float> y, DeviceView<float> result) =>
        kernels.Run(GpuElementwise.Dot, kernels.Groups(1), IlgpuView.Of(x), IlgpuView.Of(y, y.IsEmpty ? 0 : x.Length), IlgpuView.Of(result, 1));

    private void Layout(int n, int pixels, int c, DeviceView<float> x, bool toFirst, bool accumulate, DeviceView<float> y)
    {
        var length = (long)n * pixels * c;
        kernels.Run(
            GpuElementwise.Layout, kernels.Elements(length), pixels, c, IlgpuView.Of(x, length), toFirst ? 1 : 0, accumulate ? 1 : 0, IlgpuView.Of(y, length));
    }
}
