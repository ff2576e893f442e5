using CudaNoisy.Training;

namespace CudaNoisy.Tests.Audit;

/// <summary>The measures of a ranking, and signals that help or hurt it.</summary>
public sealed class RankingTests
{
    [Fact]
    public void MeasuresOfSmallRankings()
    {
        bool[] wrong = [true, true, false, false];
        Assert.Equal(1, RankQuality.Auroc([4, 3, 2, 1], wrong));
        Assert.Equal(0.5, RankQuality.Auroc([1, 1, 1, 1], wrong));
        Assert.Equal(0.75, RankQuality.Auroc([4, 2, 3, 1], wrong));
        Assert.Equal(0.5, RankQuality.F1AtTrueCount([4, 2, 3, 1], wrong));
        Assert.Equal(0.8, RankQuality.F1(i => i < 3, wrong), 1e-12);
    }

    [Fact]
    public void AGoodSecondSignalHelpsAndANoisyOneDoesNoHarm()
    {
        const int n = 4000;
        const double deviation = 0.7;
        const double rate = 0.25;
        var random = new Philox(11, 0);
        var wrong = new bool[n];
        var (head, good, noise) = (new double[n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            wrong[i] = random.NextDouble() < rate;
            var evidence = (2 * ((wrong[i] ? 1 : -1) + (deviation * random.NextGaussian())) / (deviation * deviation)) + Math.Log(rate / (1 - rate));
            head[i] = SignalCalibration.Probability(evidence);
            good[i] = (wrong[i] ? 2 : -2) + random.NextGaussian();
            noise[i] = random.NextGaussian();
        }

        var labels = Enumerable.Range(0, n).Select(i => i % 2).ToArray();
        var alone = RankQuality.Auroc(head, wrong);
        var together = RankQuality.Auroc(CombinedRanking.Combine(head, [(good, 1.2)], labels, 2), wrong);
        Assert.True(together > alone + 0.005, $"{alone} alone, {together} together");
        Assert.True(RankQuality.Auroc(CombinedRanking.Combine(head, [(noise, 1.2)], labels, 2), wrong) > alone - 0.001);
        Assert.Equal(head, CombinedRanking.Combine(head, [], labels, 2), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void AMissingSignalChangesNothing()
    {
        double[] head = [0.1, 0.9, 0.4, 0.6];
        double[] missing = [double.NaN, double.NaN, double.NaN, double.NaN];
        Assert.Equal(head, CombinedRanking.Combine(head, [(missing, 1)], [0, 1, 0, 1], 2), (a, b) => Math.Abs(a - b) < 1e-9);
    }
}
