using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>What heads say about samples that they did not train on.</summary>
/// <param name="GivenProbabilities">p(given label | features) of plain cross-entropy heads, (sample, class): confident learning's input.</param>
/// <param name="TrueProbabilities">p(true label | features) of heads corrected for the transition matrix, (sample, class).</param>
/// <param name="Transition">The transition matrix they are corrected for, (true, given): the mean of the next two.</param>
/// <param name="LowTransition">Explains what it can by images that are hard to tell apart, so it rather says too little noise.</param>
/// <param name="LowBeliefs">p(true label | features) that go with it, (sample, class).</param>
/// <param name="HighTransition">Explains every surprise by a wrong label, so it rather says too much noise.</param>
/// <param name="Anchors">The samples behind it, by class.</param>
internal sealed record CrossValidation(
    float[] GivenProbabilities, float[] TrueProbabilities, double[] Transition, double[] LowTransition, float[] LowBeliefs, double[] HighTransition, int[][] Anchors)
{
    private const int Iterations = 100;
    private const int SearchIterations = 20;
    private const int EstimateIterations = 180;
    private const int EstimateFrom = 30;
    private const double StartStay = 0.8;
    private static readonly double[] Penalties = [1e-5, 1e-4, 1e-3, 1e-2];

    /// <summary>Trains and predicts.</summary>
    /// <param name="device">The device.</param>
    /// <param name="x">Standardised features with a last column of ones, (sample, value).</param>
    /// <param name="labels">Given labels, [sample].</param>
    /// <param name="classes">Classes.</param>
    /// <param name="folds">Folds.</param>
    /// <param name="seed">Decides the folds.</param>
    /// <param name="cancel">Stops between two trainings.</param>
    public static CrossValidation Run(Device device, float[] x, int[] labels, int classes, int folds, ulong seed, CancellationToken cancel)
    {
        var assigned = FoldAssignment.Stratified(labels, classes, folds, seed);
        using var heads = new HeadBatch(device, x, labels, assigned, folds, classes);
        var (given, _) = heads.Fit(BestPenalty(heads, null, labels, classes, cancel), Iterations, null, Iterations);
        var anchors = Transitions.Anchors(given, classes);
        var high = Transitions.FromAnchors(anchors, labels, [.. Enumerable.Repeat(1, labels.Length)]);
        var penalty = BestPenalty(heads, Transitions.Smooth(high, classes), labels, classes, cancel);
        var (beliefs, low) = heads.Fit(penalty, EstimateIterations, Transitions.Even(classes, StartStay), EstimateFrom);
        cancel.ThrowIfCancellationRequested();
        var transition = Transitions.Smooth(Transitions.Mean(low, high), classes);
        var (truth, _) = heads.Fit(penalty, Iterations, transition, Iterations);
        return new CrossValidation(given, truth, transition, low, beliefs, high, anchors);
    }

    /// <summary>The penalty with the best held-out likelihood; heads that see the noise need a larger one than heads corrected for it.</summary>
    private static double BestPenalty(HeadBatch heads, double[]? transition, int[] labels, int classes, CancellationToken cancel) => Penalties.MinBy(penalty =>
    {
        cancel.ThrowIfCancellationRequested();
        return MeanLoss(heads.Fit(penalty, SearchIterations, transition, SearchIterations).Probabilities, transition, labels, classes);
    });

    private static double MeanLoss(float[] probabilities, double[]? transition, int[] labels, int classes) => Enumerable.Range(0, labels.Length).Average(i =>
    {
        var row = probabilities.AsSpan(i * classes, classes);
        double given = 0;
        if (transition is null)
            given = row[labels[i]];
        for (var y = 0; transition is not null && y < classes; y++)
            given += row[y] * transition[(y * classes) + labels[i]];
        return -Math.Log(Math.Max(given, 1e-12));
    });
}
