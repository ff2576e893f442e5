namespace CudaNoisy.Training;

/// <summary>How well scores find the wrong labels, where the truth is known.</summary>
internal static class RankQuality
{
    /// <summary>Area under the receiver operating characteristic; ties count half.</summary>
    public static double Auroc(double[] scores, bool[] wrong)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(i => scores[i]).ToArray();
        double ranks = 0;
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to + 1 < order.Length && scores[order[to + 1]] == scores[order[from]])
                to++;
            for (var r = from; r <= to; r++)
                ranks += wrong[order[r]] ? ((from + to) / 2.0) + 1 : 0;
            from = to + 1;
        }

        double positives = wrong.Count(w => w);
        return (ranks - (positives * (positives + 1) / 2)) / (positives * (wrong.Length - positives));
    }

    /// <summary>Harmonic mean of precision and recall of a set.</summary>
    public static double F1(Func<int, bool> chosen, bool[] wrong)
    {
        var (both, either) = (0, 0);
        for (var i = 0; i < wrong.Length; i++)
        {
            both += chosen(i) && wrong[i] ? 1 : 0;
            either += (chosen(i) ? 1 : 0) + (wrong[i] ? 1 : 0);
        }

        return either == 0 ? 0 : 2.0 * both / either;
    }

    /// <summary>F1 of the n highest scores, n the number of wrong labels.</summary>
    public static double F1AtTrueCount(double[] scores, bool[] wrong)
    {
        var top = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(wrong.Count(w => w)).ToHashSet();
        return F1(top.Contains, wrong);
    }
}
