using CudaNoisy.Kernels;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Pooling and subsampling on every device: the definition forward, adjoint identities backward.</summary>
public sealed class PoolingChecks
{
    /// <summary>Sums of a few dozen terms.</summary>
    private const double Rounding = 32;

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var id in TestDevices.Ids)
            {
                for (var i = 0; i < Shapes.Length; i++)
                    cases.Add(id, i);
            }

            return cases;
        }
    }

    private static Pool2dShape[] Shapes =>
    [
        new(2, 5, 4, 3, 2, 2, 2, 2, 0, 0, 2, 2, 0),
        new(1, 7, 7, 2, 3, 3, 2, 2, 1, 1, 4, 4, 0),
        new(2, 5, 5, 1, 3, 2, 1, 2, 1, 0, 5, 2, 1),
        Pool2dShape.Global(3, 3, 5, 17),
        Pool2dShape.Global(2, 3, 5, 8),
        Pool2dShape.Global(3, 4, 4, 64),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void PassesAreTheDefinition(string id, int index)
    {
        var (device, s) = (TestDevices.Get(id), Shapes[index]);
        var (x, dy, xDot, before) = (Near.Normal(1, s.InputLength), Near.Normal(2, s.OutputLength), Near.Normal(3, s.InputLength), Near.Normal(4, s.InputLength));
        var (maxima, averages) = Reference(s, x);
        var (dx, y, at) = (Near.Upload<float>(device, x), Near.Upload<float>(device, new float[s.OutputLength]), Near.Upload<int>(device, new int[s.OutputLength]));
        var (upstream, tangent, yDot) = (Near.Upload<float>(device, dy), Near.Upload<float>(device, xDot), Near.Upload<float>(device, new float[s.OutputLength]));
        var gradient = Near.Upload<float>(device, before);

        device.Pooling.MaxForward(s, dx, y, at);
        Assert.Equal(maxima, y.ToArray());
        device.Pooling.MaxJvp(s, tangent, at, yDot);
        device.Pooling.MaxBackward(s, upstream, at, gradient, true);
        var grown = gradient.ToArray();
        device.Pooling.MaxBackward(s, upstream, at, gradient, false);
        Near.Identity(Rounding, Near.Pairs(dy, yDot.ToArray()), Near.Pairs(gradient.ToArray(), xDot));
        Near.Scaled(Rounding, [.. gradient.ToArray().Select((v, i) => (double)v + before[i])], grown);

        device.Pooling.AverageForward(s, dx, y);
        Near.Scaled(Rounding, averages, y.ToArray());
        device.Pooling.AverageForward(s, tangent, yDot);
        device.Pooling.AverageBackward(s, upstream, gradient, false);
        Near.Identity(Rounding, Near.Pairs(dy, yDot.ToArray()), Near.Pairs(gradient.ToArray(), xDot));
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void SubsamplingTakesEveryOtherPixelAndPads(string id)
    {
        var device = TestDevices.Get(id);
        var s = new SubsampleShape(2, 5, 3, 4, 2, 2, 3, 2, 8, 2);
        var (x, dy) = (Near.Normal(1, s.InputLength), Near.Normal(2, s.OutputLength));
        var (y, dx) = (Near.Upload<float>(device, new float[s.OutputLength]), Near.Upload<float>(device, new float[s.InputLength]));
        device.Pooling.Subsample(s, Near.Upload<float>(device, x), y);
        var values = y.ToArray();
        for (var n = 0; n < s.N; n++)
            for (var p = 0; p < s.P; p++)
                for (var q = 0; q < s.Q; q++)
                    for (var k = 0; k < s.K; k++)
                    {
                        var c = k - s.ChannelOffset;
                        var expected = c >= 0 && c < s.C ? x[((((((n * s.H) + (p * 2)) * s.W) + (q * 2)) * s.C) + c)] : 0;
                        Assert.Equal(expected, values[(((((n * s.P) + p) * s.Q) + q) * s.K) + k]);
                    }

        device.Pooling.SubsampleBackward(s, Near.Upload<float>(device, dy), dx, false);
        Near.Identity(Rounding, Near.Pairs(dy, values), Near.Pairs(dx.ToArray(), x));
    }

    private static (float[] Maxima, double[] Averages) Reference(Pool2dShape s, float[] x)
    {
        var maxima = new float[s.OutputLength];
        var averages = new double[s.OutputLength];
        for (var i = 0; i < maxima.Length; i++)
        {
            var (pixel, c) = Math.DivRem(i, s.C);
            var (n, place) = Math.DivRem(pixel, s.P * s.Q);
            var (p, q) = Math.DivRem(place, s.Q);
            var inside = new List<float>();
            for (var h = (p * s.StrideH) - s.PadTop; h < (p * s.StrideH) - s.PadTop + s.R; h++)
                for (var w = (q * s.StrideW) - s.PadLeft; w < (q * s.StrideW) - s.PadLeft + s.S; w++)
                {
                    if (h >= 0 && h < s.H && w >= 0 && w < s.W)
                        inside.Add(x[(((((n * s.H) + h) * s.W) + w) * s.C) + c]);
                }

            maxima[i] = inside.Max();
            averages[i] = inside.Sum(v => (double)v) / (s.CountPadding != 0 ? s.R * s.S : inside.Count);
        }

        return (maxima, averages);
    }
}
