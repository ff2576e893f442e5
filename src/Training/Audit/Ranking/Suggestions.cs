namespace CudaNoisy.Training;

/// <summary>Which label each sample should have if the given one is wrong.</summary>
internal static class Suggestions
{
    /// <summary>A network that trained on the sample is believed at most so much.</summary>
    private const double MostTrust = 0.9;

    /// <summary>The most probable class but the given one.</summary>
    public static int[] FromPredictions(ConfidentLearning confident)
    {
        var classes = confident.Probabilities.Classes;
        var suggested = new int[confident.Labels.Length];
        RowBlocks.InOrder(confident.Probabilities, (first, rows) =>
        {
            for (var r = 0; r < rows.Length / classes; r++)
                suggested[first + r] = Best(rows.Slice(r * classes, classes), confident.Labels[first + r]);
        });
        return suggested;
    }

    /// <summary>The most probable true class but the given one, by the corrected heads and, where there is a run, its network's prediction.</summary>
    public static int[] FromBeliefs(CrossValidation fit, AuditSubject subject)
    {
        var classes = subject.ClassNames.Count;
        var suggested = new int[subject.Count];
        var beliefs = new float[classes];
        for (var i = 0; i < suggested.Length; i++)
        {
            var given = subject.Given[i];
            for (var y = 0; y < classes; y++)
                beliefs[y] = (float)(fit.TrueProbabilities[(i * classes) + y] * fit.Transition[(y * classes) + given]);
            if (subject.Ledger?[i] is { PredictedLabel: { } predicted } row)
            {
                var trust = Math.Min(float.IsNaN(row.Probability) ? 0.5 : row.Probability, MostTrust);
                beliefs[predicted] *= (float)(trust / (1 - trust) * (classes - 1));
            }

            suggested[i] = Best(beliefs, given);
        }

        return suggested;
    }

    private static int Best(ReadOnlySpan<float> row, int given)
    {
        var best = given == 0 ? 1 : 0;
        for (var k = best + 1; k < row.Length; k++)
        {
            if (k != given && row[k] > row[best])
                best = k;
        }

        return best;
    }
}
