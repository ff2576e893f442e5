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
        var columns = Enumerable.Range(0, channels).Select(c => Enumerable.Range(0, (int)rows).Select(r => (int)((r * channels) + c)).ToArray()).ToArray();
        var mean = columns.Select(i => (float)i.Average(j => x[j])).ToArray();
        var variance = columns.Select((i, c) => (float)i.Average(j => (x[j] - mean[c]) * (double)(x[j] - mean[c]))).ToArray();
        var inverse = variance.Select(v => 1 / Math.Sqrt(v + (double)Epsilon)).ToArray();
        var sums = columns.Select(i => (float)i.Sum(j => (double)g[j])).ToArray();
        var products = columns.Select((i, c) => (float)i.Sum(j => g[j] * (double)(x[j] - mean[c]))).ToArray();

        _before = [.. x.Select((v, i) => ((v - mean[i % channels]) * gamma[i % channels] * inverse[i % channels]) + beta[i % channels])];
        Output = [.. _before.Select(v => (float)Math.Max(0, v))];
        OutputTerms = [.. x.Select((v, i) => (float)(Math.Abs((v - mean[i % channels]) * gamma[i % channels] * inverse[i % channels]) + Math.Abs(beta[i % channels])))];
        double Slope(int i) => (x[i] - mean[i % channels]) * Math.Pow(inverse[i % channels], 2) * products[i % channels] / rows;
        double Scale(int i) => gamma[i % channels] * inverse[i % channels];
        InputCotangent = [.. g.Select((v, i) => (float)(Scale(i) * (v - (sums[i % channels] / (double)rows) - Slope(i))))];
        InputCotangentTerms = [.. g.Select((v, i) => (float)(Math.Abs(Scale(i)) * (Math.Abs(v) + Math.Abs(sums[i % channels] / (double)rows) + Math.Abs(Slope(i)))))];

        var dx = Near.Upload<float>(device, x);
        var none = Near.Upload<float>(device, new float[channels]);
        Normalized = new NormalizedInput(
            dx, Near.Upload<float>(device, mean), Near.Upload<float>(device, variance), Near.Upload<float>(device, gamma), Epsilon,
            new ReluMask(default, Near.Upload<float>(device, beta), default),
            Near.Upload<float>(device, [.. sums, .. products]), none, none);
        var maps = device.NormalizationMaps!;
        Input = new ConvolutionInput(dx, Near.Upload<float>(device, new float[INormalizationMaps.TableLength(channels)]));
        maps.Input(channels, Epsilon, Normalized.Mean, Normalized.Variance, Normalized.Gamma, Normalized.Mask.Beta, Input.Table);
        Cotangent = new ConvolutionCotangent(Near.Upload<float>(device, g), dx, Near.Upload<float>(device, new float[INormalizationMaps.TableLength(channels)]));
        maps.Cotangent(rows, channels, Normalized, Cotangent.Table);
    }

    /// <summary>The batch-norm; its sums are those of the cotangent that <see cref="Cotangent"/> is made of.</summary>
    public NormalizedInput Normalized { get; }

    /// <summary>Its output, to be gathered.</summary>
    public ConvolutionInput Input { get; }

    /// <summary>The cotangent of its input, to be gathered.</summary>
    public ConvolutionCotangent Cotangent { get; }

    public float[] Output { get; }

    public float[] OutputTerms { get; }

    public float[] InputCotangent { get; }

    public float[] InputCotangentTerms { get; }

    /// <summary>Whether the ReLU lets an element through.</summary>
    public bool IsPassed(int i) => _before[i] > 0;
}
