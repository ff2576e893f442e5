using CudaNoisy.Tests.OpChecks;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Audit;

/// <summary>Neighbours against all pairs in double precision, votes, and near-duplicates.</summary>
public sealed class NeighbourTests
{
    private const int K = 5;

    [Fact]
    public void NeighboursAreThoseOfAllPairs()
    {
        var data = Clusters.Make(1100, 3, 0, 7);
        var near = NeighbourSearch.Run(TestDevices.Get("host"), data.Features, data.Count, K, default);
        for (var i = 0; i < data.Count; i += 37)
        {
            var expected = Enumerable.Range(0, data.Count).Where(j => j != i).Select(j => Cosine(data, i, j)).OrderDescending().Take(K).ToArray();
            var found = near.Samples.AsSpan(i * K, K).ToArray().Select(j => Cosine(data, i, j)).ToArray();
            Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-5));
            Assert.DoesNotContain(i, near.Samples.AsSpan(i * K, K).ToArray());
        }
    }

    [Fact]
    public void ACopyWithAnotherLabelIsANearDuplicate()
    {
        var data = Clusters.Make(300, 3, 0, 8);
        data.Features.AsSpan(10 * data.Width, data.Width).CopyTo(data.Features.AsSpan(20 * data.Width));
        data.Features.AsSpan(11 * data.Width, data.Width).CopyTo(data.Features.AsSpan(14 * data.Width));
        var near = NeighbourSearch.Run(TestDevices.Get("host"), data.Features, data.Count, K, default);
        var votes = NeighbourVotes.Count(near, data.Truth, Transitions.Even(3, 0.9), 3);
        Assert.NotEqual(data.Truth[10], data.Truth[20]);
        Assert.Equal(20, votes.DuplicateOf[10]);
        Assert.Equal(10, votes.DuplicateOf[20]);
        Assert.Equal(-1, votes.DuplicateOf[11]);
    }

    [Fact]
    public void VotesFindWrongLabels()
    {
        var data = Clusters.Make(600, 3, 0.2, 9);
        var near = NeighbourSearch.Run(TestDevices.Get("host"), data.Features, data.Count, 20, default);
        var votes = NeighbourVotes.Count(near, data.Given, Transitions.Even(3, 0.7), 3);
        Assert.True(RankQuality.Auroc(votes.Wrong, data.Wrong) > 0.95);
        Assert.True(RankQuality.Auroc(votes.Disagreement, data.Wrong) > 0.95);
    }

    private static double Cosine(Clusters data, int i, int j)
    {
        double Dot(int a, int b) => Enumerable.Range(0, data.Width).Sum(c => (double)data.Features[(a * data.Width) + c] * data.Features[(b * data.Width) + c]);
        return Dot(i, j) / Math.Sqrt(Dot(i, i) * Dot(j, j));
    }
}
