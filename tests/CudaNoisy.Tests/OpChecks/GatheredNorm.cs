using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>A batch-norm with a ReLU on random numbers: what a device gathers of it, and by the definition what that stands for, with the sums of the absolute terms that each number is made of.</summary>
public sealed class GatheredNorm
{
    private const float Epsilon = 1e-5f;
    private readonly double[] _before;

    public GatheredNorm(Device device, long rows, int channels)
    {
        var x = Near.Normal(1, rows * channels).Select(v => (2 * v) + 1).ToArray();
        var g = Near.Normal(2, rows * channels);
        var (gamma, beta) = (Near.Normal(3, channels), Near.Normal(4, channels));
        gamma[0] = 0;
        DeviceView<float> Zeros(int length) => Near.Upload<float>(device, new float[length]);
        var (dx, dg, none) = (Near.Upload<float>(device, x), Near.Upload<float>(device, g), Zeros(channels));
        var length = NormalizationTable.Length(channels);
        var table = new NormalizationTable(Epsilon, Near.Upload<float>(device, gamma), Near.Upload<float>(device, beta), Zeros(length));
        Normalized = new NormalizedInput(dx, Zeros(channels), Zeros(channels), table.Gamma, Epsilon, new ReluMask(default, table.Beta, default), Zeros(2 * channels), none, none, Zeros(length));
        device.Normalization.Moments(rows, channels, dx, Normalized.Mean, Normalized.Variance, table);
        device.Normalization.Reduce(rows, channels, Normalized with { Mask = default }, dg);
        Input = new GatheredTensor(dx, table.Values);
        Cotangent = new ConvolutionCotangent(dg, dx, Normalized.Table);

        // Moments and sums, which have checks of their own, are the device's.
        var (mean, sums) = (Normalized.Mean.ToArray(), Normalized.Sums.ToArray());
        var inverse = Normalized.Variance.ToArray().Select(v => 1 / Math.Sqrt(v + (double)Epsilon)).ToArray();
        _before = [.. x.Select((v, i) => ((v - mean[i % channels]) * gamma[i % channels] * inverse[i % channels]) + beta[i % channels])];
        Output = [.. _before.Select(v => (float)Math.Max(0, v))];
        OutputTerms = [.. x.Select((v, i) => (float)(Math.Abs((v - mean[i % channels]) * gamma[i % channels] * inverse[i % channels]) + Math.Abs(beta[i % channels])))];
        double Slope(int i) => (x[i] - mean[i % channels]) * Math.Pow(inverse[i % channels], 2) * sums[channels + (i % channels)] / rows;
        double Scale(int i) => gamma[i % channels] * inverse[i % channels];
        InputCotangent = [.. g.Select((v, i) => (float)(Scale(i) * (v - (sums[i % channels] / (double)rows) - Slope(i))))];
        InputCotangentTerms = [.. g.Select((v, i) => (float)(Math.Abs(Scale(i)) * (Math.Abs(v) + Math.Abs(sums[i % channels] / (double)rows) + Math.Abs(Slope(i)))))];
    }

    /// <summary>The batch-norm; its sums are those of the cotangent that <see cref="Cotangent"/> is made of.</summary>
    public NormalizedInput Normalized { get; }

    /// <summary>Its output, to be gathered.</summary>
    public GatheredTensor Input { get; }

    /// <summary>The cotangent of its input, to be gathered.</summary>
    public ConvolutionCotangent Cotangent { get; }

    public float[] Output { get; }

    public float[] OutputTerms { get; }

    public float[] InputCotangent { get; }

    public float[] InputCotangentTerms { get; }

    /// <summary>Whether the ReLU lets an element through.</summary>
    public bool IsPassed(int i) => _before[i] > 0;
}
