namespace CudaNoisy.Training;

/// <summary>Turns a signal that grows with wrongness, such as a loss, into log-odds of wrongness within each given class.</summary>
/// <remarks>Within the class, because a class that others are mislabelled as has high losses on its right labels too. The fit is to probabilities, not to known truths:
/// half a logistic regression on normal scores, pulled to one over all classes (Platt 1999), half an isotonic one on quantile bins (Zadrozny and Elkan 2002).</remarks>
internal static class SignalCalibration
{
    private const int Steps = 25;
    private const double Pull = 5;
    private const int BinSamples = 40;
    private const int MostBins = 25;
    private const double Bound = 9.2;

    /// <summary>Log-odds of wrongness less those of the class as a whole, [sample], and the share of the probabilities' variance that the signal explains.</summary>
    /// <param name="signal">The signal, [sample]; NaN where it is missing.</param>
    /// <param name="wrong">Present p(wrong), [sample].</param>
    /// <param name="labels">Given labels, [sample].</param>
    /// <param name="classes">Classes.</param>
    public static (double[] LogOdds, double Explained) Fit(double[] signal, double[] wrong, int[] labels, int classes)
    {
        var scores = NormalScores(signal);
        var all = Enumerable.Range(0, signal.Length).Where(i => !double.IsNaN(signal[i])).ToArray();
        if (all.Length == 0)
            return (new double[signal.Length], 0);
        var pooled = Logistic(scores, wrong, all, (0, 0), 1e-3);
        var odds = new double[signal.Length];
        var fitted = (double[])wrong.Clone();
        foreach (var members in all.GroupBy(i => labels[i]).Select(g => g.ToArray()))
        {
            var rate = (members.Sum(i => wrong[i]) + 0.5) / (members.Length + 1);
            var (a, b) = Logistic(scores, wrong, members, pooled, Pull);
            var isotonic = Isotonic(signal, wrong, members, rate);
            for (var m = 0; m < members.Length; m++)
            {
                var i = members[m];
                var logistic = a + (Math.Max(b, 0) * scores[i]);
                odds[i] = Math.Clamp(((logistic + isotonic[m]) / 2) - LogOdds(rate), -Bound, Bound);
                fitted[i] = Probability(odds[i] + LogOdds(rate));
            }
        }

        return (odds, Math.Min(1, Variance(fitted) / Math.Max(Variance(wrong), 1e-12)));
    }

    /// <summary>ln(p / (1 - p)), bounded.</summary>
    public static double LogOdds(double p) => Math.Clamp(Math.Log(Math.Max(p, 1e-12) / Math.Max(1 - p, 1e-12)), -Bound - 2, Bound + 2);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>Normal quantiles of the ranks, by a logistic approximation that is monotone; 0 where the signal is missing.</summary>
    private static double[] NormalScores(double[] signal)
    {
        var order = Enumerable.Range(0, signal.Length).Where(i => !double.IsNaN(signal[i])).OrderBy(i => signal[i]).ToArray();
        var scores = new double[signal.Length];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to + 1 < order.Length && signal[order[to + 1]] == signal[order[from]])
                to++;
            var rank = (((from + to) / 2.0) + 1) / (order.Length + 1);
            for (var r = from; r <= to; r++)
                scores[order[r]] = Math.Log(rank / (1 - rank)) / 1.702;
            from = to + 1;
        }

        return scores;
    }

    private static (double A, double B) Logistic(double[] x, double[] target, int[] members, (double A, double B) start, double pull)
    {
        var (a, b) = start;
        for (var step = 0; step < Steps; step++)
        {
            var (ga, gb, haa, hab, hbb) = (pull * (a - start.A), pull * (b - start.B), pull + 1e-9, 0.0, pull + 1e-9);
            foreach (var i in members)
            {
                var p = Probability(a + (b * x[i]));
                var (residual, curvature) = (p - target[i], Math.Max(p * (1 - p), 1e-6));
                ga += residual;
                gb += residual * x[i];
                haa += curvature;
                hab += curvature * x[i];
                hbb += curvature * x[i] * x[i];
            }

            var determinant = (haa * hbb) - (hab * hab);
            var (da, db) = (((hbb * ga) - (hab * gb)) / determinant, ((haa * gb) - (hab * ga)) / determinant);
            a -= Math.Clamp(da, -2, 2);
            b -= Math.Clamp(db, -2, 2);
            if (Math.Abs(da) + Math.Abs(db) < 1e-9)
                break;
        }

        return (a, b);
    }

    /// <summary>Log-odds by pooled quantile bins, interpolated between their middles, [member].</summary>
    private static double[] Isotonic(double[] signal, double[] wrong, int[] members, double rate)
    {
        var order = Enumerable.Range(0, members.Length).OrderBy(m => signal[members[m]]).ToArray();
        var bins = Math.Clamp(members.Length / BinSamples, 1, MostBins);
        var blocks = new List<(double Middle, double Sum, double Weight, int Bins)>();
        var middles = new double[bins];
        for (var b = 0; b < bins; b++)
        {
            var (from, to) = ((int)((long)b * order.Length / bins), (int)((long)(b + 1) * order.Length / bins));
            middles[b] = (from + to - 1) / 2.0;
            blocks.Add((middles[b], order[from..to].Sum(m => wrong[members[m]]) + (2 * rate), to - from + 2, 1));
            while (blocks.Count > 1 && blocks[^1].Sum / blocks[^1].Weight < blocks[^2].Sum / blocks[^2].Weight)
            {
                var (last, before) = (blocks[^1], blocks[^2]);
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add((before.Middle, before.Sum + last.Sum, before.Weight + last.Weight, before.Bins + last.Bins));
            }
        }

        var levels = blocks.SelectMany(block => Enumerable.Repeat(LogOdds(block.Sum / block.Weight), block.Bins)).ToArray();
        var odds = new double[members.Length];
        var bin = 0;
        for (var position = 0; position < order.Length; position++)
        {
            while (bin + 1 < bins && middles[bin + 1] <= position)
                bin++;
            var next = Math.Min(bin + 1, bins - 1);
            var share = next == bin ? 0 : Math.Clamp((position - middles[bin]) / (middles[next] - middles[bin]), 0, 1);
            odds[order[position]] = levels[bin] + (share * (levels[next] - levels[bin]));
        }

        return odds;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / values.Length;
    }
}
