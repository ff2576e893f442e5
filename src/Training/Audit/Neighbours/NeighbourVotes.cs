namespace CudaNoisy.Training;

/// <summary>What the given labels of a sample's neighbours say.</summary>
/// <param name="Disagreement">Share of the votes for another class than the given one, [sample].</param>
/// <param name="Wrong">p(wrong) from the votes, corrected for the transition matrix, [sample].</param>
/// <param name="DuplicateOf">A near-duplicate with another given label, -1 for none, [sample].</param>
internal sealed record NeighbourVotes(double[] Disagreement, double[] Wrong, int[] DuplicateOf)
{
    /// <summary>Votes count exp((cosine - 1) / temperature).</summary>
    private const double Temperature = 0.1;

    /// <summary>Half a vote is spread evenly.</summary>
    private const double Spread = 0.5;

    private const int Iterations = 15;

    /// <summary>Near-duplicates are closer than this share of the median distance to the nearest neighbour.</summary>
    private const double DuplicateShare = 0.13;

    /// <summary>Counts votes.</summary>
    /// <param name="near">The neighbourhoods.</param>
    /// <param name="labels">Given labels, [sample].</param>
    /// <param name="transition">T, (true, given).</param>
    /// <param name="classes">Classes.</param>
    public static NeighbourVotes Count(Neighbourhoods near, int[] labels, double[] transition, int classes)
    {
        var n = labels.Length;
        var (disagreement, wrong) = (new double[n], new double[n]);
        Parallel.For(0, n, () => (Votes: new double[classes], Beliefs: new double[classes], Next: new double[classes]), (i, _, scratch) =>
        {
            Collect(near, i, labels, scratch.Votes);
            disagreement[i] = 1 - scratch.Votes[labels[i]];
            wrong[i] = Wrongness(scratch.Votes, transition, labels[i], scratch.Beliefs, scratch.Next);
            return scratch;
        }, _ => { });
        return new NeighbourVotes(disagreement, wrong, Duplicates(near, labels));
    }

    private static void Collect(Neighbourhoods near, int sample, int[] labels, double[] votes)
    {
        Array.Clear(votes);
        double sum = 0;
        for (var j = sample * near.K; j < (sample + 1) * near.K; j++)
        {
            var weight = Math.Exp((near.Similarities[j] - 1) / Temperature);
            votes[labels[near.Samples[j]]] += weight;
            sum += weight;
        }

        var spread = Spread / near.K;
        for (var k = 0; k < votes.Length; k++)
            votes[k] = ((sum > 0 ? votes[k] / sum : 0) + (spread / votes.Length)) / (1 + spread);
    }

    /// <summary>Expectation-maximisation for the p(y) under which T explains the votes, then the posterior of the given class.</summary>
    private static double Wrongness(double[] votes, double[] transition, int label, double[] beliefs, double[] next)
    {
        var classes = votes.Length;
        var floor = 2 * Spread / classes / 20;
        Array.Fill(beliefs, 1.0 / classes);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            Array.Clear(next);
            for (var s = 0; s < classes; s++)
            {
                // Classes with hardly a vote would cost most of the time and change nothing.
                if (votes[s] < floor && classes > 20)
                    continue;
                double expected = 0;
                for (var y = 0; y < classes; y++)
                    expected += beliefs[y] * transition[(y * classes) + s];
                for (var y = 0; y < classes; y++)
                    next[y] += beliefs[y] * transition[(y * classes) + s] * (votes[s] / Math.Max(expected, 1e-30));
            }

            (beliefs, next) = (next, beliefs);
        }

        double sum = 0;
        for (var y = 0; y < classes; y++)
            sum += beliefs[y] * transition[(y * classes) + label];
        return sum > 0 ? 1 - (beliefs[label] * transition[(label * classes) + label] / sum) : 1;
    }

    private static int[] Duplicates(Neighbourhoods near, int[] labels)
    {
        var n = labels.Length;
        var distances = Enumerable.Range(0, n).Select(i => Distance(near.Similarities[i * near.K])).ToArray();
        var limit = DuplicateShare * distances.Order().ElementAt(n / 2);
        return [.. Enumerable.Range(0, n).Select(i =>
        {
            for (var j = i * near.K; j < (i + 1) * near.K && Distance(near.Similarities[j]) <= limit; j++)
            {
                if (labels[near.Samples[j]] != labels[i])
                    return near.Samples[j];
            }

            return -1;
        })];
    }

    private static double Distance(float cosine) => Math.Sqrt(Math.Max(0, 2 - (2.0 * cosine)));
}
