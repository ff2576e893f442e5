namespace CudaNoisy.Training;

/// <summary>What a network says about a set of images.</summary>
/// <param name="Predictions">One class an image.</param>
/// <param name="Probabilities">The predicted class's probability, one an image.</param>
/// <param name="Losses">Cross-entropy of the label, one an image.</param>
/// <param name="Labels">The labels.</param>
public sealed record Evaluation(int[] Predictions, float[] Probabilities, float[] Losses, int[] Labels)
{
    /// <summary>Share of predictions that are the label.</summary>
    public double Accuracy => Labels.Length == 0 ? double.NaN : (double)Predictions.Zip(Labels).Count(p => p.First == p.Second) / Labels.Length;

    /// <summary>Mean cross-entropy.</summary>
    public double Loss => Losses.Length == 0 ? double.NaN : Losses.Average(l => (double)l);

    /// <summary>Counts by label and prediction.</summary>
    public int[,] Confusion(int classes)
    {
        var counts = new int[classes, classes];
        for (var i = 0; i < Labels.Length; i++)
            counts[Labels[i], Predictions[i]]++;
        return counts;
    }
}
