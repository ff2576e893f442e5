namespace CudaNoisy.Training;

/// <summary>Transition matrices T, (true y, given s), rows adding up to 1, as flat arrays.</summary>
internal static class Transitions
{
    private const int FewestAnchors = 10;
    private const double AnchorShare = 0.2;

    /// <summary>stay on the diagonal, the rest spread evenly.</summary>
    public static double[] Even(int classes, double stay) =>
        [.. Enumerable.Range(0, classes * classes).Select(i => ((1 - stay) / classes) + (i / classes == i % classes ? stay : 0))];

    /// <summary>The mean of two matrices.</summary>
    public static double[] Mean(double[] a, double[] b) => [.. a.Zip(b, (x, y) => (x + y) / 2)];

    /// <summary>A little of every transition, so that no posterior is 0.</summary>
    public static double[] Smooth(double[] transition, int classes)
    {
        const double share = 0.01;
        return Array.ConvertAll(transition, t => ((1 - share) * t) + (share / classes));
    }

    /// <summary>The most confidently predicted fifth of every predicted class, whose given labels show what its labels became.</summary>
    /// <param name="probabilities">Out-of-sample probabilities, (sample, class).</param>
    /// <param name="classes">Classes.</param>
    /// <returns>Samples by predicted class.</returns>
    public static int[][] Anchors(float[] probabilities, int classes)
    {
        var predicted = Enumerable.Range(0, probabilities.Length / classes).Select(i => System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(probabilities.AsSpan(i * classes, classes))).ToArray();
        return [.. Enumerable.Range(0, classes).Select(k =>
        {
            var members = Enumerable.Range(0, predicted.Length).Where(i => predicted[i] == k).OrderByDescending(i => probabilities[(i * classes) + k]).ToArray();
            return members[..Math.Min(members.Length, Math.Max(FewestAnchors, (int)(AnchorShare * members.Length)))];
        })];
    }

    /// <summary>T as the given labels of anchors show it. The classifier's own errors count as wrong labels, so it rather says too much noise.</summary>
    /// <remarks>Anchor points: Liu and Tao, "Classification with noisy labels by importance reweighting", 2016.</remarks>
    /// <param name="anchors">Samples by class.</param>
    /// <param name="labels">Given labels, [sample].</param>
    /// <param name="weights">How often each sample counts, [sample].</param>
    public static double[] FromAnchors(int[][] anchors, int[] labels, int[] weights)
    {
        var classes = anchors.Length;
        var transition = new double[classes * classes];
        for (var y = 0; y < classes; y++)
        {
            double sum = 0;
            foreach (var i in anchors[y])
            {
                transition[(y * classes) + labels[i]] += weights[i];
                sum += weights[i];
            }

            for (var s = 0; s < classes; s++)
                transition[(y * classes) + s] = sum > 0 ? transition[(y * classes) + s] / sum : s == y ? 1 : 0;
        }

        return transition;
    }

    /// <summary>The share of wrong labels: 1 - sum_y p(y) T[y, y], with the p(y) under which T explains the given labels best.</summary>
    /// <param name="transition">T.</param>
    /// <param name="shares">Shares of the given labels, [class].</param>
    public static double NoiseRate(double[] transition, double[] shares)
    {
        const int iterations = 200;
        var classes = shares.Length;
        var prior = Enumerable.Repeat(1.0 / classes, classes).ToArray();
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var given = new double[classes];
            for (var y = 0; y < classes; y++)
            {
                for (var s = 0; s < classes; s++)
                    given[s] += prior[y] * transition[(y * classes) + s];
            }

            for (var y = 0; y < classes; y++)
            {
                double gain = 0;
                for (var s = 0; s < classes; s++)
                    gain += given[s] > 0 ? transition[(y * classes) + s] * shares[s] / given[s] : 0;
                prior[y] *= gain;
            }
        }

        return 1 - Enumerable.Range(0, classes).Sum(y => prior[y] * transition[(y * classes) + y]);
    }

    /// <summary>p(true y | image, given s) for one sample: prior beliefs times T's column, normalised.</summary>
    public static void Posterior(ReadOnlySpan<float> beliefs, double[] transition, int label, Span<double> posterior)
    {
        var classes = beliefs.Length;
        double sum = 0;
        for (var y = 0; y < classes; y++)
            sum += posterior[y] = beliefs[y] * transition[(y * classes) + label];
        for (var y = 0; y < classes; y++)
            posterior[y] = sum > 0 ? posterior[y] / sum : 1.0 / classes;
    }

    /// <summary>p(wrong) = 1 - p(true = given | image, given), [sample].</summary>
    public static double[] WrongProbability(float[] beliefs, double[] transition, int[] labels)
    {
        var classes = beliefs.Length / labels.Length;
        var wrong = new double[labels.Length];
        Parallel.For(0, labels.Length, () => new double[classes], (i, _, posterior) =>
        {
            Posterior(beliefs.AsSpan(i * classes, classes), transition, labels[i], posterior);
            wrong[i] = 1 - posterior[labels[i]];
            return posterior;
        }, _ => { });
        return wrong;
    }
}
