using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Bench;

/// <summary>The kernels by name.</summary>
internal static class Kernels
{
    private const double Single = sizeof(float);

    /// <summary>Name and sizes: images, height and width, input and output channels, filter, stride.</summary>
    private static readonly (string Name, Conv2dShape Shape)[] Layers =
    [
        ("resnet32 stem", Conv2dShape.Square(100, 32, 32, 3, 16, 3, 1, 1)),
        ("resnet32 16", Conv2dShape.Square(100, 32, 32, 16, 16, 3, 1, 1)),
        ("resnet32 32", Conv2dShape.Square(100, 16, 16, 32, 32, 3, 1, 1)),
        ("resnet32 64", Conv2dShape.Square(100, 8, 8, 64, 64, 3, 1, 1)),
        ("resnet18 64", Conv2dShape.Square(64, 32, 32, 64, 64, 3, 1, 1)),
        ("resnet18 64-128/2", Conv2dShape.Square(64, 32, 32, 64, 128, 3, 2, 1)),
        ("resnet18 128", Conv2dShape.Square(64, 16, 16, 128, 128, 3, 1, 1)),
        ("resnet18 256", Conv2dShape.Square(64, 8, 8, 256, 256, 3, 1, 1)),
        ("resnet18 512", Conv2dShape.Square(64, 4, 4, 512, 512, 3, 1, 1)),
        ("resnet50 64-256 1x1", Conv2dShape.Square(32, 32, 32, 64, 256, 1, 1, 0)),
        ("resnet50 256-64 1x1", Conv2dShape.Square(32, 32, 32, 256, 64, 1, 1, 0)),
        ("resnet50 512-2048 1x1", Conv2dShape.Square(32, 4, 4, 512, 2048, 1, 1, 0)),
        ("imagenet stem", Conv2dShape.Square(4, 224, 224, 3, 64, 7, 2, 3)),
    ];

    private static readonly (string Name, long Rows, int Channels)[] Activations = [("102400x16", 102400, 16), ("65536x64", 65536, 64), ("1024x512", 1024, 512)];

    private static readonly Dictionary<string, Func<HostDevice, Kernel>> Entries = All().ToDictionary(e => e.Name, e => e.Create);

    public static IEnumerable<string> Names => Entries.Keys;

    public static Kernel Create(string name, HostDevice device) => Entries[name](device);

    private static IEnumerable<(string Name, Func<HostDevice, Kernel> Create)> All() =>
        [.. Convolutions(), .. Matrices(), .. Normalizations(), .. Losses(), .. Optimizers(), .. Poolings(), .. Elements(), .. Others()];

    private static IEnumerable<(string Name, Func<HostDevice, Kernel> Create)> Convolutions()
    {
        foreach (var (name, s) in Layers)
        {
            var flops = 2.0 * s.MultiplyAdds;
            var bytes = Single * (s.InputLength + s.FilterLength + s.OutputLength);
            Func<HostDevice, Kernel> Pass(Func<HostDevice, DeviceView<float>, DeviceView<float>, DeviceView<float>, Action> pass, double times = 1) =>
                d => new Kernel(pass(d, Floats(d, s.InputLength), Floats(d, s.FilterLength), Floats(d, s.OutputLength)), times * flops, times * bytes);
            yield return ($"conv {name} ForwardWithMoments", Pass((d, x, w, y) =>
            {
                var moments = Floats(d, 2L * s.K);
                return () => d.Convolution.ForwardWithMoments(s, x, w, y, moments.Slice(0, s.K), moments.Slice(s.K, s.K));
            }));
            yield return ($"conv {name} ForwardNormalized", Pass((d, x, w, y) =>
            {
                var channel = Floats(d, s.K);
                return () => d.Convolution.ForwardNormalized(s, x, w, 1e-5f, channel, channel, channel, channel, default, true, y);
            }));
            yield return ($"conv {name} BackwardData", Pass((d, x, w, y) => () => d.Convolution.BackwardData(s, y, w, x, false)));
            yield return ($"conv {name} BackwardFilter", Pass((d, x, w, y) => () => d.Convolution.BackwardFilter(s, x, y, w)));
            yield return ($"conv {name} Jvp", Pass((d, x, w, y) => () => d.Convolution.Jvp(s, x, x, w, w, default, y), 2));
        }
    }

    private static IEnumerable<(string Name, Func<HostDevice, Kernel> Create)> Matrices()
    {
        const int M = 1020;
        const int N = 1024;
        foreach (var (a, b) in new[] { (false, false), (true, false), (false, true) })
        {
            yield return ($"matrix 1020x1024x1024{(a ? " a^T" : "")}{(b ? " b^T" : "")}", d =>
            {
                var (left, right, result) = (Floats(d, M * N), Floats(d, N * N), Floats(d, M * N));
                return new Kernel(() => d.Matrix.Multiply(M, N, N, 1, left, a, right, b, 0, result), 2.0 * M * N * N, Single * ((2.0 * M * N) + (N * N)));
            }
            );
        }
    }

    private static IEnumerable<(string Name, Func<HostDevice, Kernel> Create)> Normalizations()
    {
        foreach (var (name, rows, c) in Activations)
        {
            var length = rows * c;
            yield return ($"batch-norm {name} Moments", d =>
            {
                var (x, m, v) = (Floats(d, length), Floats(d, c), Floats(d, c));
                return new Kernel(() => d.Normalization.Moments(rows, c, x, m, v), 0, Single * length);
            }
            );
            yield return ($"batch-norm {name} Forward", d =>
            {
                var (x, k, y) = (Floats(d, length), Floats(d, c), Floats(d, length));
                return new Kernel(() => d.Normalization.Forward(rows, c, 1e-5f, x, k, k, k, k, default, true, y), 0, 2 * Single * length);
            }
            );
            yield return ($"batch-norm {name} Backward", d =>
            {
                var (x, k, dy, g) = (Floats(d, length), Floats(d, c), Floats(d, length), Floats(d, c));
                return new Kernel(() => d.Normalization.Backward(rows, c, 1e-5f, true, x, k, k, k, new ReluMask(default, k, default), dy, dy, false, g, g, default, false), 0, 5 * Single * length);
            }
            );
            yield return ($"batch-norm {name} Jvp", d =>
            {
                var (x, k, xDot) = (Floats(d, length), Floats(d, c), Floats(d, length));
                return new Kernel(() => d.Normalization.Jvp(rows, c, 1e-5f, true, x, k, k, k, new ReluMask(default, k, default), xDot, k, k, default, xDot), 0, 5 * Single * length);
            }
            );
        }
    }

    private static IEnumerable<(string Name, Func<HostDevice, Kernel> Create)> Losses()
    {
        const int N = 1024;
        const int Classes = 1000;
        Func<HostDevice, Kernel> Pass(Func<HostDevice, DeviceView<float>, DeviceView<int>, DeviceView<float>, DeviceView<float>, Action> pass, int streams) => d =>
            new Kernel(pass(d, Floats(d, N * Classes), d.Allocate<int>(N).View, Floats(d, N), Floats(d, N * Classes)), 0, streams * Single * N * Classes);
        yield return ("softmax loss 1024x1000 Forward", Pass((d, z, y, l, _) => () => d.Losses.Forward(default(CrossEntropy), N, Classes, z, y, l, default), 1));
        yield return ("softmax loss 1024x1000 Backward", Pass((d, z, y, l, dz) => () => d.Losses.Backward(default(CrossEntropy), N, Classes, z, y, l, 1, dz), 2));
        yield return ("softmax loss 1024x1000 Jvp", Pass((d, z, y, l, zDot) => () => d.Losses.Jvp(default(CrossEntropy), N, Classes, z, y, zDot, l), 2));
        yield return ("softmax 1024x1000", Pass((d, z, _, _, p) => () => d.Losses.Softmax(N, Classes, z, p), 2));
    }

    private static IEnumerable<(string Name, Func<HostDevice, Kernel> Create)> Optimizers()
    {
        const long Length = 11_173_952;
        const long Block = 64;
        yield return ("sgd 11M", d =>
        {
            var (t, g, v, decay) = (Floats(d, Length), Floats(d, Length), Floats(d, Length), Floats(d, Length / Block));
            return new Kernel(() => d.Optimizers.Sgd(t, g, v, decay, 1e-9f, 0.9f, false, false), 0, 5 * Single * Length);
        }
        );
        yield return ("adam 11M", d =>
        {
            var (t, g, m, v, decay) = (Floats(d, Length), Floats(d, Length), Floats(d, Length), Floats(d, Length), Floats(d, Length / Block));
            return new Kernel(() => d.Optimizers.Adam(t, g, m, v, decay, 1e-9f, 0.9f, 0.999f, 1e-8f, 1), 0, 7 * Single * Length);
        }
        );
        yield return ("lars 11M", d =>
        {
            var (t, g, v, decay, adapt) = (Floats(d, Length), Floats(d, Length), Floats(d, Length), Floats(d, Length / Block), Floats(d, 1));
            var slices = d.Allocate<int>(2).View;
            slices.CopyFrom([0, (int)(Length / Block)]);
            return new Kernel(() => d.Optimizers.Lars(t, g, v, decay, slices, adapt, 1e-9f, 0.9f, 0.001f), 0, 7 * Single * Length);
        }
        );
    }

    private static IEnumerable<(string Name, Func<HostDevice, Kernel> Create)> Poolings()
    {
        var s = new Pool2dShape(32, 112, 112, 64, 3, 3, 2, 2, 1, 1, 56, 56, 1);
        var both = Single * (s.InputLength + s.OutputLength);
        yield return ("max-pool 3x3/2 Forward", d =>
        {
            var (x, y, i) = (Floats(d, s.InputLength), Floats(d, s.OutputLength), d.Allocate<int>(s.OutputLength).View);
            return new Kernel(() => d.Pooling.MaxForward(s, x, y, i), 0, both + (sizeof(int) * s.OutputLength));
        }
        );
        yield return ("max-pool 3x3/2 Backward", d =>
        {
            var (x, y, i) = (Floats(d, s.InputLength), Floats(d, s.OutputLength), d.Allocate<int>(s.OutputLength).View);
            d.Pooling.MaxForward(s, x, y, i);
            return new Kernel(() => d.Pooling.MaxBackward(s, y, i, x, false), 0, both + (sizeof(int) * s.OutputLength));
        }
        );
        var global = Pool2dShape.Global(100, 8, 8, 64);
        yield return ("global average 100x8x8x64 Forward", d =>
        {
            var (x, y) = (Floats(d, global.InputLength), Floats(d, global.OutputLength));
            return new Kernel(() => d.Pooling.AverageForward(global, x, y), 0, Single * (global.InputLength + global.OutputLength));
        }
        );
        var shortcut = new SubsampleShape(100, 32, 32, 16, 2, 2, 16, 16, 32, 8);
        yield return ("subsample 100x32x32x16 Forward", d =>
        {
            var (x, y) = (Floats(d, shortcut.InputLength), Floats(d, shortcut.OutputLength));
            return new Kernel(() => d.Pooling.Subsample(shortcut, x, y), 0, Single * ((shortcut.InputLength / 4.0) + shortcut.OutputLength));
        }
        );
    }

    private static IEnumerable<(string Name, Func<HostDevice, Kernel> Create)> Elements()
    {
        const long Length = 1 << 24;
        (string, Func<HostDevice, Kernel>) Map(string name, int streams, Func<IElementwise, DeviceView<float>, DeviceView<float>, DeviceView<float>, Action> map) =>
            (name + " 16M", d => new Kernel(map(d.Elementwise, Floats(d, Length), Floats(d, Length), Floats(d, Length)), 0, streams * Single * Length));
        yield return Map("fill", 1, (e, _, _, y) => () => e.Fill(y, 1));
        yield return Map("copy", 2, (e, a, _, y) => () => e.Copy(a, y));
        yield return Map("add", 3, (e, a, b, y) => () => e.Add(a, b, y));
        yield return Map("add scaled", 3, (e, a, b, y) => () => e.AddScaled(a, 0.5f, b, y));
        yield return Map("relu", 2, (e, a, _, y) => () => e.Relu(a, y));
        yield return Map("relu backward", 3, (e, a, b, y) => () => e.ReluBackward(a, b, y, false));
        yield return Map("dot", 2, (e, a, b, y) => () => e.Dot(a, b, y.Slice(0, 1)));
    }

    private static IEnumerable<(string Name, Func<HostDevice, Kernel> Create)> Others()
    {
        yield return ("gather 100 images of 32x32", d =>
        {
            var shape = new GatherShape(100, 32, 32, 3);
            var (pixels, indices, y) = (d.Allocate<byte>(10000L * shape.ImageLength).View, d.Allocate<int>(shape.N).View, Floats(d, shape.Length));
            indices.CopyFrom([.. Enumerable.Range(0, shape.N).Select(i => i * 97)]);
            return new Kernel(() => d.Batches.GatherImages(shape, pixels, indices, default, PixelScale.Unit, y), 0, (Single + 1) * shape.Length);
        }
        );
        yield return ("weighting network 100 Forward", d =>
        {
            var (phi, losses, weights) = (Floats(d, (3 * 128) + 64), Floats(d, 100), Floats(d, 100));
            return new Kernel(() => d.WeightNet.Forward(100, 100, phi, losses, weights), 4.0 * 100 * 100, 0);
        }
        );
    }

    private static DeviceView<float> Floats(HostDevice device, long length)
    {
        var view = device.Allocate<float>(length).View;
        device.Elementwise.Fill(view, 0.5f);
        return view;
    }
}
