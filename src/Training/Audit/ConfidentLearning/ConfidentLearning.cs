using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Confident learning: how many labels are wrong, which, and how they were confused, from out-of-sample class probabilities.</summary>
/// <remarks>Northcutt, Jiang and Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 2021. Counts, index sets and rankings equal those of
/// cleanlab 2.9.0 on single-precision probabilities.</remarks>
public sealed class ConfidentLearning
{
    private ConfidentLearning(IProbabilities probabilities, int[] labels, int threads)
    {
        var classes = probabilities.Classes;
        Probabilities = probabilities;
        Labels = labels;
        Counts = new int[classes];
        foreach (var label in labels)
            Counts[label]++;
        Scores = LabelScores.Of(probabilities, labels, threads);
        Thresholds = ConfidentThresholds.Of(Scores.SelfConfidence, labels, Counts);
        var guesses = ConfidentJoint.Guesses(probabilities, Thresholds, Scores.Predicted, threads);
        OffDiagonal = [.. Enumerable.Range(0, labels.Length).Where(i => guesses[i] >= 0 && guesses[i] != labels[i])];
        Uncalibrated = ConfidentJoint.Count(labels, guesses, classes);
        Joint = ConfidentJoint.Calibrate(Uncalibrated, Counts);
        Latent = LatentNoise.From(Joint, Counts);
    }

    /// <summary>The probabilities, (samples, classes).</summary>
    public IProbabilities Probabilities { get; }

    /// <summary>The given labels, [sample].</summary>
    public int[] Labels { get; }

    /// <summary>Samples by given label, [class].</summary>
    public int[] Counts { get; }

    /// <summary>Scores of the labels.</summary>
    public LabelScores Scores { get; }

    /// <summary>Mean probability of each class over the samples so labelled; 2 for a class without samples.</summary>
    public double[] Thresholds { get; }

    /// <summary>Confident counts, (given, true).</summary>
    public int[,] Uncalibrated { get; }

    /// <summary>Counts scaled to all samples, (given, true).</summary>
    public int[,] Joint { get; }

    /// <summary>Samples that confidently are of another class than given, ascending.</summary>
    public int[] OffDiagonal { get; }

    /// <summary>Prior and noise matrices.</summary>
    public LatentNoise Latent { get; }

    /// <summary>Estimated number of wrong labels: the confident ones whose given label is not the most probable class.</summary>
    public int IssueCount => OffDiagonal.Count(i => !Scores.GivenIsTop[i]);

    /// <summary>Estimates from probabilities of samples that the predicting model did not train on.</summary>
    /// <param name="probabilities">Probabilities, (samples, classes).</param>
    /// <param name="labels">Given labels, [sample].</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    /// <exception cref="InputException">Labels and probabilities do not fit each other, or a value is no probability.</exception>
    public static ConfidentLearning Estimate(IProbabilities probabilities, int[] labels, int threads)
    {
        if (labels.Length != probabilities.Count)
            throw new InputException($"{probabilities.Name}: {labels.Length} rows expected (one a label), {probabilities.Count} came");
        if (labels.Length == 0)
            throw new InputException($"{probabilities.Name}: at least one sample expected, nothing came");
        var bad = Array.FindIndex(labels, y => (uint)y >= (uint)probabilities.Classes);
        if (bad >= 0)
            throw new InputException($"{probabilities.Name}: labels from 0 to {probabilities.Classes - 1} expected (one a column), {labels[bad]} came in row {bad}");
        return new ConfidentLearning(probabilities, labels, threads);
    }

    /// <summary>The joint distribution p(given, true), (given, true).</summary>
    public double[,] JointDistribution()
    {
        var classes = Counts.Length;
        double total = Joint.Cast<int>().Sum();
        var joint = new double[classes, classes];
        for (var s = 0; s < classes; s++)
        {
            for (var y = 0; y < classes; y++)
                joint[s, y] = Joint[s, y] / total;
        }

        return joint;
    }

    /// <summary>The samples that a filter chooses, ascending.</summary>
    /// <param name="filter">One of <see cref="IssueFilters.Names"/>.</param>
    public int[] Issues(string filter)
    {
        var issues = IssueFilters.Apply(filter, this);
        return [.. Enumerable.Range(0, issues.Length).Where(i => issues[i])];
    }
}
