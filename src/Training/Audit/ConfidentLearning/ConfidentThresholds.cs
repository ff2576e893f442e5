namespace CudaNoisy.Training;

/// <summary>The probability from which a sample counts as of a class: the mean probability of the class over the samples so labelled.</summary>
/// <remarks>Northcutt et al. 2021, equation 2. Single precision like the probabilities, unless a class is missing: its threshold of 2 then makes all of them double.</remarks>
internal static class ConfidentThresholds
{
    /// <summary>Never reached: the threshold of a class without samples.</summary>
    private const double Unreachable = 2;

    private const double LowerBound = 2 * LabelScores.Tiny;

    /// <summary>The thresholds, [class].</summary>
    public static double[] Of(float[] selfConfidence, int[] labels, int[] counts)
    {
        var byClass = counts.Select(n => new float[n]).ToArray();
        var filled = new int[counts.Length];
        for (var i = 0; i < labels.Length; i++)
            byClass[labels[i]][filled[labels[i]]++] = selfConfidence[i];
        return [.. byClass.Select(p => p.Length == 0 ? Unreachable : Math.Max((float)(NumpySum.Of<float>(p) / (double)p.Length), Bound(counts)))];
    }

    /// <summary>What a probability must reach, [class]: the threshold less a difference that does not count.</summary>
    public static double[] Reach(double[] thresholds) => thresholds.Contains(Unreachable)
        ? [.. thresholds.Select(t => t - LabelScores.Tiny)]
        : [.. thresholds.Select(t => (double)((float)t - (float)LabelScores.Tiny))];

    private static double Bound(int[] counts) => counts.Contains(0) ? LowerBound : (float)LowerBound;
}
