using System.Globalization;

namespace CudaNoisy.Training;

/// <summary>What to train with, and why.</summary>
/// <param name="Settings">Options of <c>train</c>.</param>
/// <param name="Reason">One sentence or two.</param>
public sealed record Recommendation(string Settings, string Reason)
{
    private const double Negligible = 0.03;
    private const double Moderate = 0.5;
    private const double Concentrated = 0.6;
    private const double Confusable = 0.2;

    /// <summary>Chooses by the rate and by how concentrated the noise is on single pairs of classes.</summary>
    /// <param name="noise">The estimate.</param>
    /// <param name="classNames">Class names.</param>
    public static Recommendation For(NoiseEstimate noise, IReadOnlyList<string> classNames)
    {
        var (share, worst) = Concentration(noise.Transition);
        var rate = string.Create(CultureInfo.InvariantCulture, $"{noise.Rate:P0} of the labels look wrong ({noise.Low:P0} to {noise.High:P0})");
        if (noise.Rate < Negligible)
            return new("--problem finetune --loss ce", $"{rate}: too few to pay for a robust loss; correct the listed ones and use cross-entropy.");
        if (share >= Concentrated && noise.Transition[worst.From, worst.To] >= Confusable)
        {
            return new(
                "--problem mwnet --val_size 1000",
                $"{rate}, most of them between pairs of classes such as {classNames[worst.From]} labelled {classNames[worst.To]}: losses that trust the majority learn such a flip, " +
                "so use a clean validation set with Meta-Weight-Net, or run 'cudanoisy fix' first and then --loss qloss.");
        }

        return noise.Rate <= Moderate
            ? new("--problem finetune --loss qloss --q 0.66", $"{rate}, spread over the classes: generalized cross-entropy ignores what disagrees with the majority and needs no clean set.")
            : new("--problem finetune --loss qloss --q 0.9", $"{rate}, spread over the classes: at this rate only a loss close to the mean absolute error withstands; correct labels by 'cudanoisy fix' where you can.");
    }

    /// <summary>The share of the wrong mass that lies on each class's commonest wrong label, and the strongest pair.</summary>
    private static (double Share, (int From, int To) Worst) Concentration(double[,] transition)
    {
        var classes = transition.GetLength(0);
        var (strongest, all, worst) = (0.0, 0.0, (From: 0, To: 1));
        for (var y = 0; y < classes; y++)
        {
            var others = Enumerable.Range(0, classes).Where(s => s != y).ToArray();
            var top = others.MaxBy(s => transition[y, s]);
            strongest += transition[y, top];
            all += others.Sum(s => transition[y, s]);
            if (transition[y, top] > transition[worst.From, worst.To])
                worst = (y, top);
        }

        return (all > 0 ? strongest / all : 0, worst);
    }
}
