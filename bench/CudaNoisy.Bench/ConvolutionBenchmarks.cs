using BenchmarkDotNet.Attributes;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Bench;

/// <summary>The three passes of the convolutions that ResNet-32, -18 and -50 spend their time in, on the host.</summary>
public class ConvolutionBenchmarks
{
    private HostDevice _device = null!;
    private DeviceView<float> _x;
    private DeviceView<float> _w;
    private DeviceView<float> _y;

    /// <summary>Images, size, input and output channels, filter, stride.</summary>
    [Params("100x32x16x16x3x1", "100x16x32x32x3x1", "100x8x64x64x3x1", "64x32x64x64x3x1", "64x16x128x128x3x1", "64x8x256x256x3x1", "64x4x512x512x3x1", "32x32x64x256x1x1", "64x32x64x128x3x2")]
    public string Layer { get; set; } = "";

    private Conv2dShape Shape { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var n = Layer.Split('x').Select(int.Parse).ToArray();
        Shape = Conv2dShape.Square(n[0], n[1], n[1], n[2], n[3], n[4], n[5], n[4] / 2);
        _device = new HostDevice();
        _x = _device.Allocate<float>(Shape.InputLength).View;
        _w = _device.Allocate<float>(Shape.FilterLength).View;
        _y = _device.Allocate<float>(Shape.OutputLength).View;
        _device.Elementwise.Fill(_x, 1);
        _device.Elementwise.Fill(_w, 1);
        _device.Elementwise.Fill(_y, 1);
    }

    [GlobalCleanup]
    public void Cleanup() => _device.Dispose();

    [Benchmark]
    public void Forward() => _device.Convolution.Forward(Shape, _x, _w, default, _y, false);

    [Benchmark]
    public void BackwardData() => _device.Convolution.BackwardData(Shape, _y, _w, _x, false);

    [Benchmark]
    public void BackwardFilter() => _device.Convolution.BackwardFilter(Shape, _x, _y, _w);
}
