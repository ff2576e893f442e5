using System.Numerics.Tensors;
using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

internal sealed unsafe class HostElementwise(HostThreads threads) : IElementwise
{
    private enum Map
    {
        Fill,
        Copy,
        Add,
        AddScaled,
        Relu,
        ReluBackward,
        Clip,
        ClipBackward,
    }

    public void Fill(DeviceView<float> x, float value) => Run(new ElementJob { Map = Map.Fill, Alpha = value, Y = HostView.Pointer(x, 0), Length = x.Length });

    public void Copy(DeviceView<float> x, DeviceView<float> y) => Run(new ElementJob { Map = Map.Copy, A = HostView.Pointer(x, 0), Y = HostView.Pointer(y, x.Length), Length = x.Length });

    public void Add(DeviceView<float> a, DeviceView<float> b, DeviceView<float> y) => Run(new ElementJob
    {
        Map = Map.Add,
        A = HostView.Pointer(a, y.Length),
        B = HostView.Pointer(b, y.Length),
        Y = HostView.Pointer(y, 0),
        Length = y.Length,
    });

    public void AddScaled(DeviceView<float> x, float alpha, DeviceView<float> v, DeviceView<float> y) => Run(new ElementJob
    {
        Map = Map.AddScaled,
        A = HostView.Pointer(x, y.Length),
        B = HostView.Pointer(v, y.Length),
        Alpha = alpha,
        Y = HostView.Pointer(y, 0),
        Length = y.Length,
    });

    public void Relu(DeviceView<float> x, DeviceView<float> y) => Run(new ElementJob { Map = Map.Relu, A = HostView.Pointer(x, y.Length), Y = HostView.Pointer(y, 0), Length = y.Length });

    public void ReluBackward(DeviceView<float> y, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => Run(new ElementJob
    {
        Map = Map.ReluBackward,
        A = HostView.Pointer(y, dx.Length),
        B = HostView.Pointer(dy, dx.Length),
        Y = HostView.Pointer(dx, 0),
        Accumulate = accumulate,
        Length = dx.Length,
    });

    public void Clip(DeviceView<float> x, float low, float high, DeviceView<float> y) => Run(new ElementJob
    {
        Map = Map.Clip,
        A = HostView.Pointer(x, y.Length),
        Alpha = low,
        Beta = high,
        Y = HostView.Pointer(y, 0),
        Length = y.Length,
    });

    public void ClipBackward(DeviceView<float> x, float low, float high, DeviceView<float> dy, DeviceView<float> dx, bool accumulate) => Run(new ElementJob
    {
        Map = Map.ClipBackward,
        A = HostView.Pointer(x, dx.Length),
        B = HostView.Pointer(dy, dx.Length),
        Alpha = low,
        Beta = high,
        Y = HostView.Pointer(dx, 0),
        Accumulate = accumulate,
        Length = dx.Length,
    });

    public void ChannelAffine(long rows, int channels, DeviceView<float> x, DeviceView<float> scale, DeviceView<float> shift, DeviceView<float> y)
    {
        var each = Partition.Rows(channels);
        threads.Run(Partition.Parts(rows, each), new AffineJob
        {
            Rows = rows,
            Each = each,
            Channels = channels,
            X = HostView.Pointer(x, rows * channels),
            Scale = HostView.Pointer(scale, channels),
            Shift = HostView.Pointer(shift, channels),
            Y = HostView.Pointer(y, rows * channels),
        });
    }

    public void ToChannelsFirst(int n, int h, int w, int c, DeviceView<float> x, DeviceView<float> y) => threads.Run(n, new LayoutJob
    {
        Pixels = h * w,
        Channels = c,
        Nhwc = HostView.Pointer(x, (long)n * h * w * c),
        Nchw = HostView.Pointer(y, (long)n * h * w * c),
        ToFirst = true,
    });

    public void ToChannelsLast(int n, int h, int w, int c, DeviceView<float> x, DeviceView<float> y, bool accumulate) => threads.Run(n, new LayoutJob
    {
        Pixels = h * w,
        Channels = c,
        Nchw = HostView.Pointer(x, (long)n * h * w * c),
        Nhwc = HostView.Pointer(y, (long)n * h * w * c),
        Accumulate = accumulate,
    });

    public void Dot(DeviceView<float> x, DeviceView<float> y, DeviceView<float> result)
    {
        // One double per part, merged in order.
        double sum = 0;
        var a = HostView.Pointer(x, 0);
        var b = HostView.Pointer(y, y.IsEmpty ? 0 : x.Length);
        for (var part = 0; part < Partition.Parts(x.Length, 1024); part++)
        {
            var (first, count) = Partition.Part(part, x.Length, 1024);
            var left = new ReadOnlySpan<float>(a + first, count);
            sum += b is null ? TensorPrimitives.Sum(left) : TensorPrimitives.Dot(left, new ReadOnlySpan<float>(b + first, count));
        }

        *HostView.Pointer(result, 1) = (float)sum;
    }

    private void Run(ElementJob job) => threads.Run(Partition.Parts(job.Length), job);

    private struct ElementJob : IHostJob
    {
        public Map Map;
        public float* A;
        public float* B;
        public float* Y;
        public float Alpha;
        public float Beta;
        public bool Accumulate;
        public long Length;

        public readonly void Execute(int part, int worker)
        {
            var (first, count) = Partition.Part(part, Length);
            var y = new Span<float>(Y + first, count);
            switch (Map)
            {
                case Map.Fill:
                    y.Fill(Alpha);
                    break;
                case Map.Copy:
                    new ReadOnlySpan<float>(A + first, count).CopyTo(y);
                    break;
                case Map.Add:
                    TensorPrimitives.Add(new ReadOnlySpan<float>(A + first, count), new ReadOnlySpan<float>(B + first, count), y);
                    break;
                case Map.AddScaled:
                    TensorPrimitives.MultiplyAdd(new ReadOnlySpan<float>(B + first, count), Alpha, new ReadOnlySpan<float>(A + first, count), y);
                    break;
                case Map.Relu:
                    ElementMaps.Relu(A + first, Y + first, count);
                    break;
                case Map.ReluBackward:
                    ElementMaps.Mask(A + first, 0, float.PositiveInfinity, B + first, Y + first, count, Accumulate);
                    break;
                case Map.Clip:
                    ElementMaps.Clip(A + first, Alpha, Beta, Y + first, count);
                    break;
                default:
                    ElementMaps.Mask(A + first, Alpha, Beta, B + first, Y + first, count, Accumulate);
                    break;
            }
        }
    }

    private struct AffineJob : IHostJob
    {
        public long Rows;
        public long Each;
        public int Channels;
        public float* X;
        public float* Scale;
        public float* Shift;
        public float* Y;

        public readonly void Execute(int part, int worker)
        {
            var (first, count) = Partition.Part(part, Rows, Each);
            for (var row = first; row < first + count; row++)
                ElementMaps.Affine(X + (row * Channels), Scale, Shift, Y + (row * Channels), Channels);
        }
    }

    private struct LayoutJob : IHostJob
    {
        public int Pixels;
        public int Channels;
        public float* Nhwc;
        public float* Nchw;
        public bool ToFirst;
        public bool Accumulate;

        public readonly void Execute(int part, int worker)
        {
            var last = Nhwc + ((long)part * Pixels * Channels);
            var first = Nchw + ((long)part * Pixels * Channels);
            for (var p = 0; p < Pixels; p++)
            {
                for (var c = 0; c < Channels; c++)
                {
                    ref var inner = ref last[((long)p * Channels) + c];
                    ref var outer = ref first[((long)c * Pixels) + p];
                    if (ToFirst)
                        outer = inner;
                    else
                        inner = Accumulate ? inner + outer : outer;
                }
            }
        }
    }
}
