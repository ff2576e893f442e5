using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Batch normalization on every device against its definition in double precision.</summary>
public sealed class NormalizationChecks
{
    /// <summary>A dozen operations an element and two reductions of at most 1203 rows, in parts.</summary>
    private const double Rounding = 200;

    private const float Epsilon = 1e-5f;

    /// <summary>Device, rows, channels, training, ReLU with residual.</summary>
    public static TheoryData<string, int, int, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, bool, bool>();
            foreach (var id in TestDevices.Ids)
            {
                foreach (var (rows, channels) in id == IlgpuDevice.CpuId ? [(2, 1), (17, 3)] : new[] { (2, 1), (17, 3), (33, 17), (200, 33), (3, 64), (333, 256), (1203, 255) })
                {
                    foreach (var training in new[] { true, false })
                    {
                        cases.Add(id, rows, channels, training, true);
                        cases.Add(id, rows, channels, training, false);
                    }
                }
            }

            return cases;
        }
    }

    public static TheoryData<string, int, int, bool> MaskCases
    {
        get
        {
            var cases = new TheoryData<string, int, int, bool>();
            foreach (var c in Cases.Where(c => (bool)c[4]))
                cases.Add((string)c[0], (int)c[1], (int)c[2], (bool)c[3]);

            return cases;
        }
    }

    /// <summary>Device, rows, channels, ReLU: every device but the host, which gathers no batch-norms.</summary>
    public static TheoryData<string, int, int, bool> ResidualCases
    {
        get
        {
            var cases = new TheoryData<string, int, int, bool>();
            foreach (var c in Cases.Where(c => (string)c[0] != "host" && (bool)c[3]))
                cases.Add((string)c[0], (int)c[1], (int)c[2], (bool)c[4]);

            return cases;
        }
    }

    /// <summary>The first rows, from which the host takes its deviations, are far from all others, as at a picture's black border.</summary>
    [Theory]
    [InlineData("host", 40)]
    [InlineData("host-256", 33)]
    [InlineData("host-128", 7)]
    public void FirstRowsFarFromTheRestCostNoDigitsThatMatter(string id, int channels)
    {
        const int rows = 4000, far = 40;
        var device = TestDevices.Get(id);
        var x = Near.Normal(1, rows * channels).Select((v, i) => i < far * channels ? -1000 : v).ToArray();
        var reference = new NormalizationReference(rows, channels, Epsilon, true, x, Near.Normal(2, channels), Near.Normal(3, channels), null, false);
        var (mean, variance) = (Near.Upload<float>(device, new float[channels]), Near.Upload<float>(device, new float[channels]));
        device.Normalization.Moments(rows, channels, Near.Upload<float>(device, x), mean, variance);
        Near.Scaled(Rounding, reference.ExactMeans, mean.ToArray());
        Near.Scaled(Rounding, reference.ExactVariances, variance.ToArray());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PassesAreTheDefinition(string id, int rows, int channels, bool training, bool fused)
    {
        var device = TestDevices.Get(id);
        var length = rows * channels;
        var x = Near.Normal(1, length).Select(v => v + 3).ToArray();
        var (gamma, beta, residual, dy) = (Near.Normal(2, channels), Near.Normal(3, channels), Near.Normal(4, length), Near.Normal(5, length));
        var (xDot, gammaDot, betaDot, residualDot) = (Near.Normal(6, length), Near.Normal(7, channels), Near.Normal(8, channels), Near.Normal(9, length));
        var reference = new NormalizationReference(rows, channels, Epsilon, training, x, gamma, beta, fused ? residual : null, fused);

        var (dx, dm, dv) = (Near.Upload<float>(device, x), Near.Upload<float>(device, reference.Means), Near.Upload<float>(device, reference.Variances));
        if (training)
        {
            device.Normalization.Moments(rows, channels, dx, dm, dv);
            Near.Scaled(Rounding, reference.ExactMeans, dm.ToArray());
            Near.Scaled(Rounding, reference.ExactVariances, dv.ToArray());
        }

        var (dg, db, dr) = (Near.Upload<float>(device, gamma), Near.Upload<float>(device, beta), fused ? Near.Upload<float>(device, residual) : default);
        var y = Near.Upload<float>(device, new float[length]);
        device.Normalization.Forward(rows, channels, Epsilon, dx, dm, dv, dg, db, dr, fused, y);
        Near.Scaled(Rounding, reference.Y, y.ToArray());

        var mask = fused ? new ReluMask(y, default, default) : default;
        var before = Near.Normal(10, length);
        var (gx, gg, gb) = (Near.Upload<float>(device, before), Near.Upload<float>(device, new float[channels]), Near.Upload<float>(device, new float[channels]));
        var gr = fused ? Near.Upload<float>(device, new float[length]) : default;
        var upstream = Near.Upload<float>(device, dy);
        device.Normalization.Backward(rows, channels, Epsilon, training, dx, dm, dv, dg, mask, upstream, gx, true, gg, gb, gr, false);
        var (ex, eg, eb, er) = reference.Backward(dy);
        Near.Scaled(Rounding, [.. ex.Select((v, i) => v + before[i])], gx.ToArray());
        Near.Scaled(Rounding, eg, gg.ToArray());
        Near.Scaled(Rounding, eb, gb.ToArray());
        var (overwritten, added) = (new ParameterGradient(Near.Upload<float>(device, before[..channels]), true), Near.Upload<float>(device, new float[channels]));
        device.Normalization.Backward(rows, channels, Epsilon, training, dx, dm, dv, dg, mask, Near.Upload<float>(device, dy), default, false, overwritten, added, default, false);
        Assert.Equal(gg.ToArray(), overwritten.Values.ToArray());
        Assert.Equal(gb.ToArray(), added.ToArray());
        if (fused)
        {
            Near.Scaled(Rounding, er, gr.ToArray());

            // In place: the residual's cotangent is dy's memory.
            var (replaced, gx2) = (Near.Upload<float>(device, dy), Near.Upload<float>(device, new float[length]));
            device.Normalization.Backward(rows, channels, Epsilon, training, dx, dm, dv, dg, mask, replaced, gx2, false, default, default, replaced, false);
            Near.Scaled(Rounding, er, replaced.ToArray());
            Near.Scaled(Rounding, ex, gx2.ToArray(), reference.LargestTerm(dy));
        }

        // In place: dx is dy's memory.
        device.Normalization.Backward(rows, channels, Epsilon, training, dx, dm, dv, dg, mask, upstream, upstream, false, default, default, default, false);
        Near.Scaled(Rounding, ex, upstream.ToArray(), reference.LargestTerm(dy));

        var yDot = Near.Upload<float>(device, new float[length]);
        device.Normalization.Jvp(
            rows, channels, Epsilon, training, dx, dm, dv, dg, mask, Near.Upload<float>(device, xDot), Near.Upload<float>(device, gammaDot), Near.Upload<float>(device, betaDot),
            fused ? Near.Upload<float>(device, residualDot) : default, yDot);
        var left = Near.Pairs(dy, yDot.ToArray());
        var right = Near.Pairs(upstream.ToArray(), xDot).Concat(Near.Pairs(gg.ToArray(), gammaDot)).Concat(Near.Pairs(gb.ToArray(), betaDot));
        Near.Identity(Rounding, left, fused ? right.Concat(Near.Pairs(gr.ToArray(), residualDot)) : right);
    }

    [Theory]
    [MemberData(nameof(MaskCases))]
    public void TheMaskFoundAgainIsTheOutputs(string id, int rows, int channels, bool training)
    {
        var device = TestDevices.Get(id);
        var length = rows * channels;
        var (x, gamma, beta, dy) = (Near.Normal(1, length), Near.Normal(2, channels), Near.Normal(3, channels), Near.Normal(4, length));
        var (dx, dg, db) = (Near.Upload<float>(device, x), Near.Upload<float>(device, gamma), Near.Upload<float>(device, beta));
        var (dm, dv) = (Near.Upload<float>(device, new float[channels]), Near.Upload<float>(device, new float[channels]));
        device.Normalization.Moments(rows, channels, dx, dm, dv);
        var y = Near.Upload<float>(device, new float[length]);
        device.Normalization.Forward(rows, channels, Epsilon, dx, dm, dv, dg, db, default, true, y);
        float[] Backward(ReluMask mask)
        {
            var gx = Near.Upload<float>(device, new float[length]);
            device.Normalization.Backward(rows, channels, Epsilon, training, dx, dm, dv, dg, mask, Near.Upload<float>(device, dy), gx, false, default, default, default, false);
            return gx.ToArray();
        }

        float[] Jvp(ReluMask mask)
        {
            var yDot = Near.Upload<float>(device, new float[length]);
            device.Normalization.Jvp(rows, channels, Epsilon, training, dx, dm, dv, dg, mask, Near.Upload<float>(device, dy), default, default, default, yDot);
            return yDot.ToArray();
        }

        var (output, found) = (new ReluMask(y, default, default), new ReluMask(default, db, default));
        Assert.Equal(Backward(output), Backward(found));
        Assert.Equal(Jvp(output), Jvp(found));
        if (!device.GathersNormalizations || !NormalizationTable.Fits(channels))
            return;
        var flags = Near.Upload<int>(device, new int[ReluMask.FlagsLength(length)]);
        device.Normalization.Forward(rows, channels, Epsilon, dx, dm, dv, dg, db, default, true, y, flags);
        Assert.Equal(Backward(output), Backward(new ReluMask(default, default, flags)));
        Assert.Equal(Jvp(output), Jvp(new ReluMask(default, default, flags)));
    }

    [Theory]
    [MemberData(nameof(ResidualCases))]
    public void AGatheredResidualIsTheWrittenOne(string id, int rows, int channels, bool relu)
    {
        var device = TestDevices.Get(id);
        Assert.True(device.GathersNormalizations);
        var length = rows * channels;
        DeviceView<float> Normal(int seed, int count) => Near.Upload<float>(device, Near.Normal(seed, count));
        DeviceView<float> Zeros(int count) => Near.Upload<float>(device, new float[count]);
        var (other, gamma, beta, mean, variance) = (Normal(1, length), Normal(2, channels), Normal(3, channels), Zeros(channels), Zeros(channels));
        var table = new NormalizationTable(Epsilon, gamma, beta, Zeros(NormalizationTable.Length(channels)));
        device.Normalization.Moments(rows, channels, other, mean, variance, table);
        var residual = Zeros(length);
        device.Normalization.Forward(rows, channels, Epsilon, other, mean, variance, gamma, beta, default, false, residual);
        float[] Forward(GatheredTensor added)
        {
            var y = Zeros(length);
            device.Normalization.Forward(rows, channels, Epsilon, Normal(4, length), mean, variance, beta, gamma, added, relu, y);
            return y.ToArray();
        }

        Assert.Equal(Forward(residual), Forward(new GatheredTensor(other, table.Values)));
    }

    [Fact]
    public void TheReferencesBackwardIsItsDerivative()
    {
        const double step = 1e-6;
        var (x, gamma, beta, dy) = (Near.Normal(1, 15), Near.Normal(2, 3), Near.Normal(3, 3), Near.Normal(4, 15));
        var direction = Near.Normal(5, 15);
        var reference = new NormalizationReference(5, 3, Epsilon, true, x, gamma, beta, null, false);
        double Loss(double t) => new NormalizationReference(5, 3, Epsilon, true, [.. x.Select((v, i) => v + (t * direction[i]))], gamma, beta, null, false).Y.Select((v, i) => v * dy[i]).Sum();
        var numeric = (Loss(step) - Loss(-step)) / (2 * step);
        var exact = reference.Backward(dy).X.Select((v, i) => v * direction[i]).Sum();
        Assert.Equal(numeric, exact, 1e-7 * (1 + Math.Abs(exact)));
    }

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void RunningStatisticsMoveUnbiased(string id)
    {
        var device = TestDevices.Get(id);
        const int many = 300;
        var (batch, before) = (Near.Normal(1, 2 * many), Near.Normal(2, 2 * many));
        var (statistics, running) = (Near.Upload<float>(device, [10f, 20, 8, 4, .. batch]), Near.Upload<float>(device, [.. before, 3f, 4, 1, 2]));
        RunningNorm[] norms =
        [
            new(5, 2, 0.1f, statistics.Slice(0, 2), statistics.Slice(2, 2), running.Slice((2 * many) + 2, 2), running.Slice(2 * many, 2)),
            new(1, many, 0.25f, statistics.Slice(4, many), statistics.Slice(4 + many, many), running.Slice(0, many), running.Slice(many, many)),
        ];
        using var update = device.Normalization.PrepareRunning(norms);
        update.Launch();
        Near.Scaled(
            4, [.. before.Select((v, i) => (0.75 * v) + (0.25 * batch[i])), (0.9 * 3) + (0.1 * 8 * 5 / 4), (0.9 * 4) + (0.1 * 4 * 5 / 4), (0.9 * 1) + 1, (0.9 * 2) + 2], running.ToArray());
    }
}
