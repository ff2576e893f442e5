using CudaNoisy.Runtime;
using CudaNoisy.Tests.OpChecks;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Audit;

/// <summary>Heads trained together: the optimum of each fold's own problem, the same for any number of threads, and noise that is recovered.</summary>
public sealed class HeadTests
{
    private const int Classes = 3;
    private const int Folds = 4;

    [Fact]
    public void FoldsSpreadEveryClass()
    {
        var data = Clusters.Make(203, Classes, 0.2, 1);
        var folds = FoldAssignment.Stratified(data.Given, Classes, Folds, 5);
        for (var k = 0; k < Classes; k++)
        {
            var counts = Enumerable.Range(0, Folds).Select(f => Enumerable.Range(0, data.Count).Count(i => folds[i] == f && data.Given[i] == k)).ToArray();
            Assert.True(counts.Max() - counts.Min() <= 1);
        }
    }

    [Fact]
    public void EachFoldsHeadIsItsOwnOptimum()
    {
        const double penalty = 0.05;
        var data = Clusters.Make(80, Classes, 0.2, 2, distance: 1);
        var x = new FeatureTable(data.Features, data.Width).Standardized();
        var folds = FoldAssignment.Stratified(data.Given, Classes, Folds, 0);
        using var heads = new HeadBatch(TestDevices.Get("host"), x, data.Given, folds, Folds, Classes);
        var (probabilities, _) = heads.Fit(penalty, 300, null, 300);
        for (var fold = 0; fold < Folds; fold++)
        {
            var expected = Descend(x, data.Given, folds, fold, penalty);
            for (var i = 0; i < data.Count; i++)
            {
                for (var k = 0; folds[i] == fold && k < Classes; k++)
                    Assert.Equal(expected[(i * Classes) + k], probabilities[(i * Classes) + k], 2e-4);
            }
        }
    }

    [Fact]
    public void ThreadsDoNotMatter()
    {
        var data = Clusters.Make(700, Classes, 0.3, 3);
        var x = new FeatureTable(data.Features, data.Width).Standardized();
        var results = new[] { 1, 2, 3 }.Select(threads =>
        {
            using var device = new HostDevice(threads);
            return CrossValidation.Run(device, x, data.Given, Classes, Folds, 0, default);
        }).ToArray();
        Assert.All(results, r => Assert.Equal(results[0].TrueProbabilities, r.TrueProbabilities));
        Assert.All(results, r => Assert.Equal(results[0].Transition, r.Transition));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.4)]
    public void TheNoiseRateIsWithinItsInterval(double p)
    {
        var data = Clusters.Make(1500, Classes, p, 4);
        var x = new FeatureTable(data.Features, data.Width).Standardized();
        var fit = CrossValidation.Run(TestDevices.Get("host"), x, data.Given, Classes, 5, 0, default);
        var noise = NoiseEstimate.From(fit, data.Given, Classes, 100, 0);
        var truth = data.Wrong.Count(w => w) / (double)data.Count;
        Assert.InRange(truth, noise.Low - 1e-3, noise.High);
        Assert.InRange(noise.Rate, truth - 0.05, truth + 0.05);
        Assert.True(noise.High - noise.Low < 0.2);
    }

    /// <summary>Plain gradient descent in double precision.</summary>
    private static double[] Descend(float[] x, int[] labels, int[] folds, int fold, double penalty)
    {
        var (n, d) = (labels.Length, x.Length / labels.Length);
        var weights = new double[d * Classes];
        var train = Enumerable.Range(0, n).Where(i => folds[i] != fold).ToArray();
        for (var step = 0; step < 4000; step++)
        {
            var gradient = new double[weights.Length];
            foreach (var i in train)
            {
                var q = SoftMax(x, weights, i, d);
                for (var k = 0; k < Classes; k++)
                {
                    for (var j = 0; j < d; j++)
                        gradient[(j * Classes) + k] += x[(i * d) + j] * (q[k] - (labels[i] == k ? 1 : 0)) / train.Length;
                }
            }

            for (var j = 0; j < weights.Length; j++)
                weights[j] -= 0.3 * (gradient[j] + (j / Classes == d - 1 ? 0 : penalty * weights[j]));
        }

        return [.. Enumerable.Range(0, n).SelectMany(i => SoftMax(x, weights, i, d))];
    }

    private static double[] SoftMax(float[] x, double[] weights, int i, int d)
    {
        var z = Enumerable.Range(0, Classes).Select(k => Enumerable.Range(0, d).Sum(j => x[(i * d) + j] * weights[(j * Classes) + k])).ToArray();
        var e = z.Select(v => Math.Exp(v - z.Max())).ToArray();
        return [.. e.Select(v => v / e.Sum())];
    }
}
