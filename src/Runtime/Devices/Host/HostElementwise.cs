namespace CudaNoisy.Runtime;

internal sealed class HostElementwise(HostThreads threads) : IElementwise
{
    private readonly HostThreads _x = threads;

    public void Fill(DeviceView<float> x, float value) => throw new NotImplementedException();

    public void Copy(DeviceView<float> x, DeviceView<float> y) => throw new NotImplementedException();

    public void Add(DeviceView<float> a, DeviceView<float> b, DeviceView<float> y) => throw new NotImplementedException();

    public void AddScaled(DeviceView<float> x, float alpha, DeviceView<float> v, DeviceView<float> y) => throw new NotImplementedException();

    public void Relu(DeviceView<float> x, DeviceView<float> y) => throw new NotImplementedException();

    public void ReluBackward(DeviceView<float> y, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => throw new NotImplementedException();

    public void Clip(DeviceView<float> x, float low, float high, DeviceView<float> y) => throw new NotImplementedException();

    public void ClipBackward(DeviceView<float> x, float low, float high, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => throw new NotImplementedException();

    public void ChannelAffine(long rows, int channels, DeviceView<float> x, DeviceView<float> scale, DeviceView<float> shift, DeviceView<float> y) => throw new NotImplementedException();

    public void ToChannelsFirst(int n, int h, int w, int c, DeviceView<float> x, DeviceView<float> y) => throw new NotImplementedException();

    public void ToChannelsLast(int n, int h, int w, int c, DeviceView<float> x, DeviceView<float> y, bool accumulate) => throw new NotImplementedException();

    public void Dot(DeviceView<float> x, DeviceView<float> y, DeviceView<float> result) => throw new NotImplementedException();
}
