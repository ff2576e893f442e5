using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>The backward pass of a convolution that makes the sums of the batch-norm in front of it, beside the two passes one after the other, which have checks of their own.</summary>
public sealed class NormalizedInputChecks
{
    /// <summary>Sums of up to 8192 rows in parts, and of two roundings in g itself.</summary>
    private const double Rounding = 4;

    /// <summary>dx is made of the sums by a dozen operations, see <see cref="NormalizationChecks"/>.</summary>
    private const double MapRounding = 200;

    /// <summary>One rounding of g, and one of a sum with it.</summary>
    private const double CotangentRounding = 2;

    private const float Epsilon = 1e-5f;

    private const long LargeProducts = 1 << 16;

    /// <summary>Device, shape, and which batch-norm: alone, with ReLU, with residual and ReLU; of larger shapes one of the last two.</summary>
    public static TheoryData<string, int, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, string>();
            foreach (var row in ConvolutionChecks.Cases)
            {
                var (id, index) = ((string)row[0], (int)row[1]);
                string[] norms = ConvolutionChecks.At(index).MultiplyAdds < LargeProducts ? ["plain", "relu", "residual"] : [index % 2 == 0 ? "relu" : "residual"];
                foreach (var norm in norms)
                    cases.Add(id, index, norm);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CotangentAndSumsAreThoseOfTwoPasses(string id, int index, string norm)
    {
        var (device, s) = (TestDevices.Get(id), ConvolutionChecks.At(index));
        var (rows, channels, length) = ((long)s.N * s.H * s.W, s.C, s.InputLength);
        var (relu, residual) = (norm != "plain", norm == "residual");
        var x = Near.Normal(1, length).Select(v => v + 2).ToArray();
        var (dx, mean, variance) = (Near.Upload<float>(device, x), Near.Upload<float>(device, new float[channels]), Near.Upload<float>(device, new float[channels]));
        device.Normalization.Moments(rows, channels, dx, mean, variance);
        var (gamma, beta) = (Near.Upload<float>(device, Near.Normal(2, channels)), Near.Upload<float>(device, Near.Normal(3, channels)));
        var y = Near.Upload<float>(device, new float[length]);
        var flags = !device.GathersNormalizations || !NormalizationTable.Fits(channels) || !residual ? default : Near.Upload<int>(device, new int[ReluMask.FlagsLength(length)]);
        device.Normalization.Forward(
            rows, channels, Epsilon, dx, mean, variance, gamma, beta, residual ? Near.Upload<float>(device, Near.Normal(4, length)) : default, relu, y, flags);

        var (dy, w, before) = (Near.Upload<float>(device, Near.Normal(5, s.OutputLength)), Near.Upload<float>(device, Near.Normal(6, s.FilterLength)), Near.Normal(7, length));
        var mask = !relu ? default : !residual ? new ReluMask(default, beta, default) : flags.IsEmpty ? new ReluMask(y, default, default) : new ReluMask(default, default, flags);
        foreach (var accumulates in new[] { false, true })
        {
            var start = accumulates ? before : Near.Normal(8, length);
            var (whole, input) = (Near.Upload<float>(device, start), Near.Upload<float>(device, new float[length]));
            device.Convolution.BackwardData(s, dy, w, whole, accumulates);
            var cotangent = whole.ToArray();
            var (dgamma, dbeta) = (Near.Upload<float>(device, new float[channels]), Near.Upload<float>(device, new float[channels]));
            device.Normalization.Backward(
                rows, channels, Epsilon, true, dx, mean, variance, gamma, mask, whole, input, false, dgamma, dbeta, default, false);

            var (g, sums, direct) = (Near.Upload<float>(device, start), Near.Upload<float>(device, new float[2 * channels]), Near.Upload<float>(device, new float[length]));
            var (gammaOnTheWay, betaOnTheWay) = (Near.Upload<float>(device, Near.Normal(9, channels)), Near.Upload<float>(device, new float[channels]));
            var normalized = new NormalizedInput(dx, mean, variance, gamma, Epsilon, mask, sums, new ParameterGradient(gammaOnTheWay, true), betaOnTheWay);
            device.Convolution.BackwardData(s, dy, w, g, accumulates, normalized);
            var masked = g.ToArray();
            var (outputs, means) = (y.ToArray(), mean.ToArray());
            Near.Scaled(CotangentRounding, [.. cotangent.Select((v, i) => relu && outputs[i] == 0 ? 0.0 : v)], masked);
            AssertSums(masked, x, means, channels, sums.ToArray());

            device.Normalization.BackwardReduced(rows, channels, normalized, g, direct, false, default, false);
            var scale = cotangent.Max(Math.Abs) * (1 + (gamma.ToArray().Max(Math.Abs) / Math.Sqrt(variance.ToArray().Min() + Epsilon)));
            Near.Scaled(MapRounding, [.. input.ToArray().Select(v => (double)v)], direct.ToArray(), scale);
            Near.Scaled(MapRounding, [.. dgamma.ToArray().Select(v => (double)v)], gammaOnTheWay.ToArray(), rows * cotangent.Max(Math.Abs));
            Near.Scaled(MapRounding, [.. dbeta.ToArray().Select(v => (double)v)], betaOnTheWay.ToArray(), rows * cotangent.Max(Math.Abs));

            // In place, and with the residual's cotangent added to what is there.
            var more = Near.Upload<float>(device, before);
            device.Normalization.BackwardReduced(rows, channels, normalized, g, g, false, more, true);
            Assert.Equal(direct.ToArray(), g.ToArray());
            Near.Scaled(CotangentRounding, [.. masked.Select((v, i) => (double)v + before[i])], more.ToArray());
        }
    }

    private static void AssertSums(float[] g, float[] x, float[] mean, int channels, float[] actual)
    {
        var (expected, magnitude) = (new double[2 * channels], new double[2 * channels]);
        for (var i = 0; i < g.Length; i++)
        {
            var c = i % channels;
            var product = g[i] * ((double)x[i] - mean[c]);
            expected[c] += g[i];
            magnitude[c] += Math.Abs(g[i]);
            expected[channels + c] += product;
            magnitude[channels + c] += Math.Abs(product);
        }

        Near.Sums(Rounding, g.Length / (double)channels, expected, magnitude, actual);
    }
}
