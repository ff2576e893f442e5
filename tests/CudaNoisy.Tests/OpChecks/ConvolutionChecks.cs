using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Convolutions on every device and every register width against the definition in double precision.</summary>
public sealed class ConvolutionChecks
{
    /// <summary>A sum of K products of float32 in any order errs by about sqrt(K)/2 roundings of the terms' magnitude; 4 covers the worst of many elements.</summary>
    private const double Rounding = 4;

    private static readonly Conv2dShape[] Shapes =
    [
        Conv2dShape.Square(1, 1, 1, 1, 1, 1, 1, 0),
        Conv2dShape.Square(2, 3, 3, 3, 17, 3, 1, 1),
        Conv2dShape.Square(3, 5, 7, 4, 10, 3, 2, 1),
        Conv2dShape.Square(2, 6, 6, 8, 16, 1, 2, 0),
        Conv2dShape.Square(1, 9, 8, 3, 5, 7, 2, 3),
        Conv2dShape.Square(2, 5, 5, 2, 3, 5, 3, 2),
        Conv2dShape.Square(2, 4, 4, 17, 33, 1, 1, 0),
        Conv2dShape.Square(1, 6, 5, 3, 4, 2, 1, 0),
        Conv2dShape.Square(1, 7, 7, 2, 3, 1, 3, 0),
        new(2, 5, 4, 3, 6, 3, 2, 2, 1, 0, 1, 2, 5),
        new(1, 4, 4, 2, 2, 3, 3, 1, 1, 2, 2, 6, 6),
        Conv2dShape.Linear(1, 5, 3),
        Conv2dShape.Linear(3, 17, 10),
        Conv2dShape.Linear(17, 33, 10),
    ];

    private static readonly Conv2dShape[] LargerShapes =
    [
        Conv2dShape.Square(3, 33, 17, 16, 16, 3, 1, 1),
        Conv2dShape.Square(9, 16, 16, 16, 32, 3, 2, 1),
        Conv2dShape.Square(17, 8, 8, 64, 64, 3, 1, 1),
        Conv2dShape.Square(2, 33, 33, 3, 64, 7, 2, 3),
        Conv2dShape.Square(5, 4, 4, 64, 48, 3, 1, 1),
        Conv2dShape.Square(2, 7, 9, 144, 160, 3, 1, 1),
        Conv2dShape.Square(40, 5, 6, 32, 272, 3, 1, 1),
        Conv2dShape.Square(3, 12, 12, 48, 96, 1, 2, 0),
        Conv2dShape.Square(1, 60, 60, 33, 8, 3, 1, 1),
        Conv2dShape.Linear(100, 64, 10),
        Conv2dShape.Linear(300, 500, 550),
        Conv2dShape.Square(2, 17, 17, 520, 514, 1, 2, 0),
        Conv2dShape.Linear(33, 200, 100),
        Conv2dShape.Square(3, 8, 9, 32, 132, 3, 1, 1),
        Conv2dShape.Square(4, 4, 4, 512, 128, 1, 1, 0),
        Conv2dShape.Square(3, 29, 32, 64, 64, 3, 1, 1),
    ];

    /// <summary>Every device with every shape it can do in time; the host with every register width and thread counts that differ.</summary>
    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var id in TestDevices.Convolutions)
            {
                for (var shape = 0; shape < Shapes.Length + LargerShapes.Length; shape++)
                {
                    if (shape < Shapes.Length || At(shape).MultiplyAdds <= TestDevices.MultiplyAdds(id))
                        cases.Add(id, shape);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ForwardIsTheDefinition(string id, int index)
    {
        var (device, s) = (TestDevices.Get(id), At(index));
        var (x, w, bias) = (Near.Normal(1, s.InputLength), Near.Normal(2, s.FilterLength), Near.Normal(3, s.K));
        var (value, magnitude) = ConvolutionReference.Forward(s, x, w);
        var (dx, dw, db) = (Near.Upload<float>(device, x), Near.Upload<float>(device, w), Near.Upload<float>(device, bias));
        using var y = device.Allocate<float>(s.OutputLength);
        double terms = s.R * s.S * s.C;

        device.Convolution.Forward(s, dx, dw, default, y.View, false);
        Near.Sums(TestDevices.Rounding(id, Rounding, terms), terms, value, magnitude, y.View.ToArray());
        var first = y.View.ToArray();
        device.Convolution.Forward(s, dx, dw, default, y.View, false);
        Assert.Equal(first, y.View.ToArray());

        var withBias = value.Select((v, i) => v + bias[i % s.K]).ToArray();
        var biasMagnitude = magnitude.Select((v, i) => v + Math.Abs(bias[i % s.K])).ToArray();
        device.Convolution.Forward(s, dx, dw, db, y.View, false);
        Near.Sums(TestDevices.Rounding(id, Rounding, terms + 1), terms + 1, withBias, biasMagnitude, y.View.ToArray());

        device.Convolution.Forward(s, dx, dw, db, y.View, true);
        Near.Sums(TestDevices.Rounding(id, Rounding, terms + 1), terms + 1, [.. withBias.Select(v => 2 * v)], [.. biasMagnitude.Select(v => 2 * v)], y.View.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void NormalizedForwardIsConvolutionBatchNormAdditionAndRelu(string id, int index)
    {
        const float Epsilon = 1e-3f;
        var (device, s) = (TestDevices.Get(id), At(index));
        var (x, w, residual) = (Near.Normal(1, s.InputLength), Near.Normal(2, s.FilterLength), Near.Normal(3, s.OutputLength));
        var (mean, variance) = (Near.Normal(4, s.K), Near.Normal(5, s.K).Select(v => v * v).ToArray());
        var (gamma, beta) = (Near.Normal(6, s.K), Near.Normal(7, s.K));
        var (value, magnitude) = ConvolutionReference.Forward(s, x, w);
        var (dx, dw, dr) = (Near.Upload<float>(device, x), Near.Upload<float>(device, w), Near.Upload<float>(device, residual));
        var (dm, dv, dg, db) = (Near.Upload<float>(device, mean), Near.Upload<float>(device, variance), Near.Upload<float>(device, gamma), Near.Upload<float>(device, beta));
        using var y = device.Allocate<float>(s.OutputLength);
        var scale = gamma.Select((g, k) => g / Math.Sqrt(variance[k] + (double)Epsilon)).ToArray();
        var normalized = value.Select((v, i) => ((v - mean[i % s.K]) * scale[i % s.K]) + beta[i % s.K]).ToArray();
        var terms = magnitude.Select((v, i) => ((v + Math.Abs(mean[i % s.K])) * Math.Abs(scale[i % s.K])) + Math.Abs(beta[i % s.K])).ToArray();
        double count = (s.R * s.S * s.C) + 2;

        device.Convolution.ForwardNormalized(s, dx, dw, Epsilon, dm, dv, dg, db, default, false, y.View);
        Near.Sums(TestDevices.Rounding(id, Rounding, count), count, normalized, terms, y.View.ToArray());

        device.Convolution.ForwardNormalized(s, dx, dw, Epsilon, dm, dv, dg, db, dr, true, y.View);
        Near.Sums(TestDevices.Rounding(id, Rounding, count + 1), count + 1, [.. normalized.Select((v, i) => Math.Max(0, v + residual[i]))], [.. terms.Select((v, i) => v + Math.Abs(residual[i]))],
            y.View.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void JvpIsTheSumOfBothTangents(string id, int index)
    {
        var (device, s) = (TestDevices.Get(id), At(index));
        var (x, xDot, w, wDot, biasDot) = (Near.Normal(1, s.InputLength), Near.Normal(2, s.InputLength), Near.Normal(3, s.FilterLength), Near.Normal(4, s.FilterLength), Near.Normal(5, s.K));
        var (first, firstMagnitude) = ConvolutionReference.Forward(s, x, wDot);
        var (second, secondMagnitude) = ConvolutionReference.Forward(s, xDot, w);
        var (dx, dxDot, dw, dwDot, dbDot) = (
            Near.Upload<float>(device, x), Near.Upload<float>(device, xDot), Near.Upload<float>(device, w), Near.Upload<float>(device, wDot), Near.Upload<float>(device, biasDot));
        using var yDot = device.Allocate<float>(s.OutputLength);
        double terms = 2.0 * s.R * s.S * s.C;

        device.Convolution.Jvp(s, dx, dxDot, dw, dwDot, dbDot, yDot.View);
        Near.Sums(TestDevices.Rounding(id, Rounding, terms + 1), terms + 1, [.. first.Select((v, i) => v + second[i] + biasDot[i % s.K])],
            [.. firstMagnitude.Select((v, i) => v + secondMagnitude[i] + Math.Abs(biasDot[i % s.K]))], yDot.View.ToArray());

        device.Convolution.Jvp(s, dx, default, dw, dwDot, default, yDot.View);
        Near.Sums(TestDevices.Rounding(id, Rounding, terms / 2), terms / 2, first, firstMagnitude, yDot.View.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void MomentsAreThoseOfTheOutput(string id, int index)
    {
        var (device, s) = (TestDevices.Get(id), At(index));
        var (x, w) = (Near.Normal(5, s.InputLength), Near.Normal(6, s.FilterLength));

        // A large common offset: a variance from sums of squares would drown.
        for (var i = 0; i < x.Length; i++)
            x[i] += 30;
        using var y = device.Allocate<float>(s.OutputLength);
        using var mean = device.Allocate<float>(s.K);
        using var variance = device.Allocate<float>(s.K);
        device.Convolution.ForwardWithMoments(s, Near.Upload<float>(device, x), Near.Upload<float>(device, w), y.View, mean.View, variance.View);
        var (values, means, variances) = (y.View.ToArray(), mean.View.ToArray(), variance.View.ToArray());
        for (var k = 0; k < s.K; k++)
        {
            var column = Enumerable.Range(0, (int)s.Rows).Select(r => (double)values[(r * s.K) + k]).ToArray();
            var m = column.Average();
            var v = column.Average(c => (c - m) * (c - m));
            var scale = column.Max(Math.Abs);
            Assert.True(Math.Abs(means[k] - m) <= 4 * Near.Epsilon * Math.Sqrt(s.Rows) * scale, $"mean {k}: {m}, {means[k]}");
            Assert.True(Math.Abs(variances[k] - v) <= 1e-5 * (v + (scale * scale * 1e-6)), $"variance {k}: {v}, {variances[k]}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BackwardDataIsTheAdjoint(string id, int index)
    {
        var (device, s) = (TestDevices.Get(id), At(index));
        var (dy, w, before) = (Near.Normal(7, s.OutputLength), Near.Normal(8, s.FilterLength), Near.Normal(9, s.InputLength));
        var (value, magnitude) = ConvolutionReference.BackwardData(s, dy, w);
        var (ddy, dw, dx) = (Near.Upload<float>(device, dy), Near.Upload<float>(device, w), Near.Upload<float>(device, before));
        double terms = s.R * s.S * s.K;

        device.Convolution.BackwardData(s, ddy, dw, dx, true);
        Near.Sums(TestDevices.Rounding(id, Rounding, terms + 1), terms + 1, [.. value.Select((v, i) => v + before[i])], [.. magnitude.Select((v, i) => v + Math.Abs(before[i]))], dx.ToArray());
        device.Convolution.BackwardData(s, ddy, dw, dx, false);
        Near.Sums(TestDevices.Rounding(id, Rounding, terms), terms, value, magnitude, dx.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BackwardFilterIsTheAdjoint(string id, int index)
    {
        var (device, s) = (TestDevices.Get(id), At(index));
        var (x, dy, before) = (Near.Normal(10, s.InputLength), Near.Normal(11, s.OutputLength), Near.Normal(12, s.FilterLength));
        var (value, magnitude) = ConvolutionReference.BackwardFilter(s, x, dy);
        var dw = Near.Upload<float>(device, before);
        device.Convolution.BackwardFilter(s, Near.Upload<float>(device, x), Near.Upload<float>(device, dy), dw);
        Near.Sums(TestDevices.Rounding(id, Rounding, s.Rows + 1), s.Rows + 1, [.. value.Select((v, i) => v + before[i])], [.. magnitude.Select((v, i) => v + Math.Abs(before[i]))], dw.ToArray());
        device.Convolution.BackwardFilter(s, Near.Upload<float>(device, x), Near.Upload<float>(device, dy), new ParameterGradient(dw, true));
        Near.Sums(TestDevices.Rounding(id, Rounding, s.Rows), s.Rows, value, magnitude, dw.ToArray());

        var dbias = Near.Upload<float>(device, new float[s.K]);
        device.Convolution.BackwardBias(s, Near.Upload<float>(device, dy), dbias);
        var sums = new double[s.K];
        var absolute = new double[s.K];
        for (var i = 0; i < dy.Length; i++)
        {
            sums[i % s.K] += dy[i];
            absolute[i % s.K] += Math.Abs(dy[i]);
        }

        Near.Sums(Rounding, s.Rows, sums, absolute, dbias.ToArray());
        var once = dbias.ToArray();
        device.Convolution.BackwardBias(s, Near.Upload<float>(device, dy), new ParameterGradient(dbias, true));
        Assert.Equal(once, dbias.ToArray());
    }

    [Fact]
    public void ResultsDoNotDependOnTheNumberOfThreads()
    {
        foreach (var s in LargerShapes)
        {
            var (x, w, dy) = (Near.Normal(1, s.InputLength), Near.Normal(2, s.FilterLength), Near.Normal(3, s.OutputLength));
            float[]? expected = null;
            foreach (var threads in new[] { 1, 2, 5 })
            {
                using var device = new HostDevice(threads);
                using var y = device.Allocate<float>(s.OutputLength);
                using var moments = device.Allocate<float>(2 * s.K);
                using var dx = device.Allocate<float>(s.InputLength);
                using var dw = device.Allocate<float>(s.FilterLength);
                device.Convolution.ForwardWithMoments(s, Near.Upload<float>(device, x), Near.Upload<float>(device, w), y.View, moments.View.Slice(0, s.K), moments.View.Slice(s.K, s.K));
                device.Convolution.BackwardData(s, Near.Upload<float>(device, dy), Near.Upload<float>(device, w), dx.View, false);
                device.Convolution.BackwardFilter(s, Near.Upload<float>(device, x), Near.Upload<float>(device, dy), dw.View);
                float[] all = [.. y.View.ToArray(), .. moments.View.ToArray(), .. dx.View.ToArray(), .. dw.View.ToArray()];
                expected ??= all;
                Assert.Equal(expected, all);
            }
        }
    }

    internal static Conv2dShape At(int index) => index < Shapes.Length ? Shapes[index] : LargerShapes[index - Shapes.Length];
}
