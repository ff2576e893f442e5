using CudaNoisy.Kernels;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Element-wise maps, batches, optimizers and the weighting network on every device against their formulas.</summary>
public sealed class ElementwiseChecks
{
    /// <summary>A few operations an element.</summary>
    private const double Rounding = 16;

    /// <summary>Sums of a hundred products and single-precision exponentials.</summary>
    private const double SumRounding = 300;

    public static TheoryData<string> Devices => TestDevices.All;

    [Theory]
    [MemberData(nameof(Devices))]
    public void MapsAreTheirFormulas(string id)
    {
        var device = TestDevices.Get(id);
        var (a, b, before) = (Near.Normal(1, 133), Near.Normal(2, 133), Near.Normal(3, 133));
        var (da, db) = (Near.Upload<float>(device, a), Near.Upload<float>(device, b));
        var y = Near.Upload<float>(device, before);
        var e = device.Elementwise;
        e.Add(da, db, y);
        Near.Scaled(Rounding, [.. a.Zip(b, (p, q) => (double)p + q)], y.ToArray());
        e.AddScaled(da, -0.5f, db, y);
        Near.Scaled(Rounding, [.. a.Zip(b, (p, q) => p - (0.5 * q))], y.ToArray());
        e.Relu(da, y);
        Assert.Equal(a.Select(v => Math.Max(v, 0)), y.ToArray());
        e.ReluBackward(da, db, y, false);
        Assert.Equal(a.Zip(b, (p, q) => p > 0 ? q : 0), y.ToArray());
        e.ReluBackward(da, db, y, true);
        Assert.Equal(a.Zip(b, (p, q) => p > 0 ? 2 * q : 0), y.ToArray());
        e.Clip(da, -0.5f, 0.75f, y);
        Assert.Equal(a.Select(v => Math.Clamp(v, -0.5f, 0.75f)), y.ToArray());
        e.ClipBackward(da, -0.5f, 0.75f, db, y, false);
        Assert.Equal(a.Zip(b, (p, q) => p > -0.5f && p < 0.75f ? q : 0), y.ToArray());
        e.ChannelAffine(19, 7, da, Near.Upload<float>(device, b[..7]), Near.Upload<float>(device, before[..7]), y);
        Near.Scaled(Rounding, [.. a.Select((v, i) => ((double)v * b[i % 7]) + before[i % 7])], y.ToArray());
        e.Copy(da, y);
        Assert.Equal(a, y.ToArray());
        e.Fill(y, 3);
        Assert.All(y.ToArray(), v => Assert.Equal(3, v));
        var result = Near.Upload<float>(device, [0f]);
        e.Dot(da, db, result);
        Assert.Equal(a.Zip(b, (p, q) => (double)p * q).Sum(), result.ToArray()[0], SumRounding * Near.Epsilon * a.Zip(b, (p, q) => Math.Abs(p * q)).Sum());
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void LayoutsAreEachOthersInverse(string id)
    {
        var device = TestDevices.Get(id);
        var x = Near.Normal(1, 2 * 3 * 5 * 4);
        var (first, last) = (Near.Upload<float>(device, new float[x.Length]), Near.Upload<float>(device, new float[x.Length]));
        device.Elementwise.ToChannelsFirst(2, 3, 5, 4, Near.Upload<float>(device, x), first);
        Assert.Equal(x[(7 * 4) + 2], first.ToArray()[(2 * 15) + 7]);
        device.Elementwise.ToChannelsLast(2, 3, 5, 4, first, last, false);
        Assert.Equal(x, last.ToArray());
        device.Elementwise.ToChannelsLast(2, 3, 5, 4, first, last, true);
        Assert.Equal(x.Select(v => 2 * v), last.ToArray());
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void BatchesAreGatheredFlippedAndScaled(string id)
    {
        var device = TestDevices.Get(id);
        var s = new GatherShape(3, 2, 3, 3);
        var bytes = Enumerable.Range(0, 5 * s.ImageLength).Select(i => (byte)(i * 37)).ToArray();
        int[] indices = [4, 0, 4];
        int[] flips = [0, 1, 1];
        var y = Near.Upload<float>(device, new float[s.Length]);
        device.Batches.GatherImages(s, Near.Upload<byte>(device, bytes), Near.Upload<int>(device, indices), Near.Upload<int>(device, flips), PixelScale.ImageNet, y);
        var expected = new double[s.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            var (n, rest) = Math.DivRem(i, s.ImageLength);
            var (h, w, c) = (rest / 9, rest / 3 % 3, rest % 3);
            expected[i] = PixelScale.ImageNet.Map(bytes[(indices[n] * s.ImageLength) + (h * 9) + ((flips[n] == 1 ? 2 - w : w) * 3) + c], c);
        }

        Near.Scaled(Rounding, expected, y.ToArray());
        var rows = Near.Upload<float>(device, new float[4]);
        device.Batches.GatherRows(2, 2, Near.Upload<float>(device, [1f, 2, 3, 4, 5, 6]), Near.Upload<int>(device, [2, 0]), rows);
        Assert.Equal([5f, 6, 1, 2], rows.ToArray());
        var labels = Near.Upload<int>(device, new int[3]);
        device.Batches.GatherLabels(3, Near.Upload<int>(device, [7, 8, 9, 10, 11]), Near.Upload<int>(device, indices), labels);
        Assert.Equal([11, 7, 11], labels.ToArray());
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void OptimizersAreTheirFormulas(string id)
    {
        var device = TestDevices.Get(id);
        var (theta, g, v) = (Near.Normal(1, 128), Near.Normal(2, 128), Near.Normal(3, 128));
        float[] decay = [0.1f, 0];
        double Wd(int i) => g[i] + ((double)decay[i / 64] * theta[i]);

        var (t, m) = (Near.Upload<float>(device, theta), Near.Upload<float>(device, v));
        device.Optimizers.Sgd(t, Near.Upload<float>(device, g), m, Near.Upload<float>(device, decay), 0.1f, 0.9f, false, false);
        Near.Scaled(Rounding, [.. theta.Select((x, i) => x - (0.1 * ((0.9 * v[i]) + Wd(i))))], t.ToArray());
        (t, m) = (Near.Upload<float>(device, theta), Near.Upload<float>(device, v));
        device.Optimizers.Sgd(t, Near.Upload<float>(device, g), m, Near.Upload<float>(device, decay), 0.1f, 0.9f, true, true);
        Near.Scaled(Rounding, [.. theta.Select((x, i) => x - (0.1 * 1.9 * Wd(i)))], t.ToArray());

        var second = Near.Upload<float>(device, new float[128]);
        (t, m) = (Near.Upload<float>(device, theta), Near.Upload<float>(device, new float[128]));
        device.Optimizers.Adam(t, Near.Upload<float>(device, g), m, second, Near.Upload<float>(device, decay), 0.1f, 0.9f, 0.999f, 1e-8f, 1);
        Near.Scaled(SumRounding, [.. theta.Select((x, i) => x - (0.1 * Wd(i) / (Math.Abs(Wd(i)) + 1e-8)))], t.ToArray());

        (t, m) = (Near.Upload<float>(device, theta), Near.Upload<float>(device, new float[128]));
        device.Optimizers.Lars(
            t, Near.Upload<float>(device, g), m, Near.Upload<float>(device, decay), Near.Upload<int>(device, [0, 1, 1, 1]), Near.Upload<float>(device, [1f, 0]), 0.5f, 0.9f, 0.001f);
        double Norm(float[] x) => Math.Sqrt(x.Take(64).Sum(e => (double)e * e));
        var ratio = 0.001 * Norm(theta) / (Norm(g) + (0.1 * Norm(theta)));
        Near.Scaled(SumRounding, [.. theta.Select((x, i) => x - (0.5 * (i < 64 ? ratio : 1) * Wd(i)))], t.ToArray());
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void TheWeightingNetworkAndItsGradientAgreeWithDifferences(string id)
    {
        const int hidden = 5, pad = 64, n = 9;
        const double step = 1e-6;
        var device = TestDevices.Get(id);
        var phi = new float[(3 * pad) + 64];
        var values = Near.Normal(1, 16);
        for (var j = 0; j < hidden; j++)
            (phi[j], phi[pad + j], phi[(2 * pad) + j]) = (values[j], values[5 + j], values[10 + j]);
        phi[3 * pad] = values[15];
        var (losses, dw) = (Near.Normal(2, n).Select(MathF.Abs).ToArray(), Near.Normal(3, n));
        double Value(double[] p, double l) =>
            1 / (1 + Math.Exp(-(p[3 * pad] + Enumerable.Range(0, hidden).Sum(j => Math.Max(0, (p[j] * l) + p[pad + j]) * p[(2 * pad) + j]))));
        var (weights, dphi) = (Near.Upload<float>(device, new float[n]), Near.Upload<float>(device, new float[phi.Length]));
        var (dp, dl) = (Near.Upload<float>(device, phi), Near.Upload<float>(device, losses));
        device.WeightNet.Forward(n, hidden, dp, dl, weights);
        var exact = Array.ConvertAll(phi, v => (double)v);
        Near.Scaled(SumRounding, [.. losses.Select(l => Value(exact, l))], weights.ToArray());
        device.WeightNet.Backward(n, hidden, dp, dl, Near.Upload<float>(device, dw), 0.5f, dphi);
        var expected = new double[phi.Length];
        foreach (var k in Enumerable.Range(0, hidden).SelectMany(j => new[] { j, pad + j, (2 * pad) + j }).Append(3 * pad))
        {
            var (up, down) = ((double[])exact.Clone(), (double[])exact.Clone());
            up[k] += step;
            down[k] -= step;
            expected[k] = losses.Select((l, i) => 0.5 * dw[i] * (Value(up, l) - Value(down, l)) / (2 * step)).Sum();
        }

        Near.Scaled(SumRounding, expected, dphi.ToArray());

        var (normalized, back) = (Near.Upload<float>(device, new float[n]), Near.Upload<float>(device, new float[n]));
        device.WeightNet.Normalize(n, weights, normalized);
        var w = weights.ToArray();
        var sum = w.Sum(v => (double)v);
        Near.Scaled(SumRounding, [.. w.Select(v => v / sum)], normalized.ToArray());
        device.WeightNet.NormalizeBackward(n, weights, normalized, Near.Upload<float>(device, dw), back);
        var common = w.Select((v, i) => v / sum * dw[i]).Sum();
        Near.Scaled(SumRounding, [.. dw.Select(v => (v - common) / sum)], back.ToArray());
    }
}
