using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Large results on the host go to memory past the caches where they start at a line's boundary, and are bit for bit those that do not.</summary>
public sealed class StreamingChecks
{
    private const int Images = 64;
    private const int Size = 32;
    private const int Narrow = 32;
    private const int Wide = 64;
    private const int Rows = Images * Size * Size;
    private const int Offset = 5;

    [Theory]
    [InlineData("host", 1)]
    [InlineData("host-256", 1)]
    [InlineData("host-128", 1)]
    [InlineData("host", 3)]
    [InlineData("host-256", 3)]
    [InlineData("host-128", 3)]
    public void ConvolutionsAreTheSameAtAnyAddress(string id, int size)
    {
        var device = TestDevices.Get(id);
        var narrow = Near.Upload<float>(device, Near.Normal(1, Rows * Narrow));
        var filter = Near.Upload<float>(device, Near.Normal(2, Narrow * Wide * size * size));
        var widens = Conv2dShape.Square(Images, Size, Size, Narrow, Wide, size, 1, size / 2);
        var narrows = Conv2dShape.Square(Images, Size, Size, Wide, Narrow, size, 1, size / 2);
        AssertSame(device, wide =>
        {
            using var moments = device.Allocate<float>(2 * Wide);
            var (mean, variance) = (moments.View.Slice(0, Wide), moments.View.Slice(Wide, Wide));
            device.Convolution.ForwardWithMoments(widens, narrow, filter, wide, mean, variance);
            var values = new float[2 * Wide];
            moments.CopyTo(values);
            return values;
        });
        AssertSame(device, wide =>
        {
            device.Convolution.BackwardData(narrows, narrow, filter, wide, false);
            return [];
        });
    }

    [Theory]
    [InlineData("host")]
    [InlineData("host-256")]
    [InlineData("host-128")]
    public void BatchNormIsTheSameAtAnyAddress(string id)
    {
        var device = TestDevices.Get(id);
        var x = Near.Upload<float>(device, Near.Normal(1, Rows * Wide));
        var dy = Near.Upload<float>(device, Near.Normal(2, Rows * Wide));
        var channels = Near.Upload<float>(device, [.. Near.Normal(3, 4 * Wide).Select(Math.Abs)]);
        DeviceView<float> Channel(int i) => channels.Slice(i * Wide, Wide);
        AssertSame(device, y =>
        {
            device.Normalization.Forward(Rows, Wide, 1, x, Channel(0), Channel(1), Channel(2), Channel(3), default, true, y);
            return [];
        });
        AssertSame(device, dx =>
        {
            device.Normalization.Backward(
                Rows, Wide, 1, true, x, Channel(0), Channel(1), Channel(2), new ReluMask(default, Channel(3), default), dy, dx, false, default, default, default, false);
            return [];
        });
    }

    private static void AssertSame(Device device, Func<DeviceView<float>, float[]> launch)
    {
        const int Length = Rows * Wide;
        using var space = device.Allocate<float>(Length + Offset);
        var streamed = new float[Length];
        var written = new float[Length];
        var first = launch(space.View.Slice(0, Length));
        space.CopyTo(streamed);
        device.Elementwise.Fill(space.View, 0);
        var second = launch(space.View.Slice(Offset, Length));
        space.CopyTo(written, Offset);
        Assert.True(streamed.AsSpan().SequenceEqual(written));
        Assert.Equal(first, second);
        Assert.Contains(streamed, v => v != 0);
    }
}
