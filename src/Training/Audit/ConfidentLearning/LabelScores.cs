using System.Numerics.Tensors;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>What every row of probabilities says about its given label: low scores are likely wrong labels.</summary>
/// <remarks>Northcutt, Jiang and Chuang, "Confident learning", JAIR 2021; Kuan and Mueller, "Model-agnostic label quality scoring", 2022.</remarks>
public sealed class LabelScores
{
    /// <summary>Lower bound of a probability that is divided by, and of differences that count.</summary>
    internal const double Tiny = 1e-6;

    private LabelScores(int count)
    {
        SelfConfidence = new float[count];
        NormalizedMargin = new float[count];
        ConfidenceWeightedEntropy = new double[count];
        Predicted = new int[count];
        GivenIsTop = new bool[count];
    }

    /// <summary>Probability of the given label, [sample].</summary>
    public float[] SelfConfidence { get; }

    /// <summary>(p_given - max of the others + 1) / 2, [sample].</summary>
    public float[] NormalizedMargin { get; }

    /// <summary>ln(1 + e) / e with e = H(p) / (p_given ln K), [sample].</summary>
    public double[] ConfidenceWeightedEntropy { get; }

    /// <summary>The most probable class, the first of equals, [sample].</summary>
    public int[] Predicted { get; }

    /// <summary>Whether the given label is the most probable class or ties with it.</summary>
    internal bool[] GivenIsTop { get; }

    /// <summary>Scores every row.</summary>
    /// <param name="probabilities">Probabilities, (samples, classes).</param>
    /// <param name="labels">Given labels, [sample].</param>
    /// <param name="threads">Threads.</param>
    /// <exception cref="InputException">A value is no probability.</exception>
    public static LabelScores Of(IProbabilities probabilities, int[] labels, int threads)
    {
        var scores = new LabelScores(probabilities.Count);
        var classes = probabilities.Classes;
        var firstBad = int.MaxValue;
        var gate = new object();
        RowBlocks.Parallel(probabilities, threads, (first, rows) =>
        {
            var logs = new float[classes];
            for (var r = 0; r < rows.Length / classes; r++)
            {
                var row = rows.Slice(r * classes, classes);
                if (IsProbability(row))
                    scores.Add(first + r, labels[first + r], row, logs);
                else
                    lock (gate)
                        firstBad = Math.Min(firstBad, first + r);
            }
        });
        return firstBad == int.MaxValue ? scores : throw Bad(probabilities, firstBad);
    }

    private static bool IsProbability(ReadOnlySpan<float> row)
    {
        var good = true;
        foreach (var p in row)
            good &= p is >= 0 and <= 1;
        return good;
    }

    private static InputException Bad(IProbabilities probabilities, int sample)
    {
        var row = new float[probabilities.Classes];
        probabilities.Read(sample, row);
        var column = Array.FindIndex(row, p => p is not (>= 0 and <= 1));
        return new InputException(FormattableString.Invariant($"{probabilities.Name}: probabilities from 0 to 1 expected, {row[column]} came in row {sample}, column {column}"));
    }

    private void Add(int sample, int given, ReadOnlySpan<float> row, float[] logs)
    {
        var self = row[given];
        var predicted = TensorPrimitives.IndexOfMax(row);
        var before = given == 0 ? float.NegativeInfinity : TensorPrimitives.Max(row[..given]);
        var after = given == row.Length - 1 ? float.NegativeInfinity : TensorPrimitives.Max(row[(given + 1)..]);
        SelfConfidence[sample] = self;
        Predicted[sample] = predicted;
        GivenIsTop[sample] = before < self + (float)Tiny && after <= self + (float)Tiny;
        NormalizedMargin[sample] = (self - Math.Max(before, after) + 1) / 2;
        ConfidenceWeightedEntropy[sample] = WeightedEntropy(row, self, logs);
    }

    private static double WeightedEntropy(ReadOnlySpan<float> row, float self, float[] logs)
    {
        TensorPrimitives.Log(row, logs);
        TensorPrimitives.Multiply(row, logs, logs);
        for (var k = 0; k < logs.Length; k++)
        {
            // 0 ln 0 = 0.
            if (row[k] == 0)
                logs[k] = 0;
        }

        var entropy = -NumpySum.Of<float>(logs) / Math.Log(row.Length);
        var weighted = entropy / Math.Max(self, (float)Tiny);
        return Math.Log(weighted + 1) / Math.Max(weighted, Tiny);
    }
}
