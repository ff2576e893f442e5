namespace CudaNoisy.Training;

/// <summary>How noisy the labels are.</summary>
/// <param name="Rate">Share of wrong labels.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
/// <param name="Transition">p(given s | true y), [y, s].</param>
/// <param name="TransitionLow">Lower ends of its intervals, [y, s].</param>
/// <param name="TransitionHigh">Upper ends of its intervals, [y, s].</param>
/// <remarks>Images that are hard to tell apart and wrong labels look alike; only assumptions separate them. So there are two estimates: one explains as much as it can by
/// hard images and one as much as it can by wrong labels. The truth is taken to lie between them, the rate in their middle, and the interval reaches from the 2.5% bootstrap
/// quantile of the first to the 97.5% quantile of the second.</remarks>
public sealed record NoiseEstimate(double Rate, double Low, double High, double[,] Transition, double[,] TransitionLow, double[,] TransitionHigh)
{
    private const double Tail = 0.025;
    private const int Iterations = 3;
    private const ulong Stream = 0x4253;

    /// <summary>Estimates and resamples.</summary>
    /// <param name="fit">The heads' results.</param>
    /// <param name="labels">Given labels, [sample].</param>
    /// <param name="classes">Classes.</param>
    /// <param name="resamples">Bootstrap resamples (Efron 1979).</param>
    /// <param name="seed">Decides them.</param>
    internal static NoiseEstimate From(CrossValidation fit, int[] labels, int classes, int resamples, ulong seed)
    {
        var once = new int[labels.Length];
        Array.Fill(once, 1);
        var point = Estimate(fit, labels, classes, once);
        var draws = new (double Low, double High, double[] LowTransition, double[] HighTransition)[resamples];
        Parallel.For(0, resamples, b => draws[b] = Estimate(fit, labels, classes, Resample(labels.Length, seed, b)));
        var (low, high) = (Square(classes), Square(classes));
        for (var i = 0; i < classes * classes; i++)
        {
            low[i / classes, i % classes] = Quantile(draws.Select(d => Math.Min(d.LowTransition[i], d.HighTransition[i])), Tail);
            high[i / classes, i % classes] = Quantile(draws.Select(d => Math.Max(d.LowTransition[i], d.HighTransition[i])), 1 - Tail);
        }

        var middle = Square(classes);
        for (var i = 0; i < classes * classes; i++)
            middle[i / classes, i % classes] = (point.LowTransition[i] + point.HighTransition[i]) / 2;
        return new NoiseEstimate(
            (point.Low + point.High) / 2, Quantile(draws.Select(d => Math.Min(d.Low, d.High)), Tail), Quantile(draws.Select(d => Math.Max(d.Low, d.High)), 1 - Tail), middle, low, high);
    }

    private static double[,] Square(int classes) => new double[classes, classes];

    private static (double Low, double High, double[] LowTransition, double[] HighTransition) Estimate(CrossValidation fit, int[] labels, int classes, int[] weights)
    {
        var shares = new double[classes];
        for (var i = 0; i < labels.Length; i++)
            shares[labels[i]] += (double)weights[i] / labels.Length;
        var high = Transitions.FromAnchors(fit.Anchors, labels, weights);
        var (low, rate) = Refit(fit.LowBeliefs, fit.LowTransition, labels, classes, weights);
        return (rate, Transitions.NoiseRate(high, shares), low, high);
    }

    /// <summary>Expectation-maximisation of T with the beliefs as they are.</summary>
    private static (double[] Transition, double Rate) Refit(float[] beliefs, double[] start, int[] labels, int classes, int[] weights)
    {
        var transition = start;
        var posterior = new double[classes];
        double wrong = 0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var counts = new double[classes * classes];
            wrong = 0;
            for (var i = 0; i < labels.Length; i++)
            {
                if (weights[i] == 0)
                    continue;
                Transitions.Posterior(beliefs.AsSpan(i * classes, classes), transition, labels[i], posterior);
                for (var y = 0; y < classes; y++)
                    counts[(y * classes) + labels[i]] += weights[i] * posterior[y];
                wrong += weights[i] * (1 - posterior[labels[i]]);
            }

            transition = Normalize(counts, classes);
        }

        return (transition, wrong / labels.Length);
    }

    private static double[] Normalize(double[] counts, int classes)
    {
        for (var y = 0; y < classes; y++)
        {
            var sum = counts.AsSpan(y * classes, classes).ToArray().Sum();
            for (var s = 0; s < classes; s++)
                counts[(y * classes) + s] = sum > 0 ? counts[(y * classes) + s] / sum : s == y ? 1 : 0;
        }

        return counts;
    }

    private static int[] Resample(int n, ulong seed, int number)
    {
        var random = new Philox(seed, (Stream << 32) + (ulong)number);
        var weights = new int[n];
        for (var i = 0; i < n; i++)
            weights[random.Next(n)]++;
        return weights;
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
