namespace CudaNoisy.Training;

/// <summary>Counts of samples by given label and by the class they confidently are of.</summary>
/// <remarks>Northcutt et al. 2021, equations 1 to 3.</remarks>
internal static class ConfidentJoint
{
    /// <summary>The class each sample confidently is of, -1 for none, [sample].</summary>
    public static int[] Guesses(IProbabilities probabilities, double[] thresholds, int[] predicted, int threads)
    {
        var classes = probabilities.Classes;
        var reach = ConfidentThresholds.Reach(thresholds);
        var guesses = new int[probabilities.Count];
        RowBlocks.Parallel(probabilities, threads, (first, rows) =>
        {
            for (var r = 0; r < rows.Length / classes; r++)
                guesses[first + r] = Guess(rows.Slice(r * classes, classes), reach, predicted[first + r]);
        });
        return guesses;
    }

    /// <summary>Counts, (given, guessed), with at least 1 on the diagonal.</summary>
    public static int[,] Count(int[] labels, int[] guesses, int classes)
    {
        var joint = new int[classes, classes];
        for (var i = 0; i < labels.Length; i++)
        {
            if (guesses[i] >= 0)
                joint[labels[i], guesses[i]]++;
        }

        for (var k = 0; k < classes; k++)
            joint[k, k] = Math.Max(joint[k, k], 1);
        return joint;
    }

    /// <summary>Scales rows to the counts of the given labels, (given, guessed), whole numbers whose rows add up to these counts.</summary>
    public static int[,] Calibrate(int[,] joint, int[] counts)
    {
        var classes = counts.Length;

        // In the order of the reference's memory, guessed class first: the sum decides how halves are rounded.
        var scaled = new double[classes * classes];
        for (var given = 0; given < classes; given++)
        {
            double row = 0;
            for (var guessed = 0; guessed < classes; guessed++)
                row += joint[given, guessed];
            for (var guessed = 0; guessed < classes; guessed++)
                scaled[(guessed * classes) + given] = joint[given, guessed] / row * counts[given];
        }

        var (sum, total) = (NumpySum.Of<double>(scaled), counts.Sum());
        var calibrated = new int[classes, classes];
        var values = new double[classes];
        for (var given = 0; given < classes; given++)
        {
            for (var guessed = 0; guessed < classes; guessed++)
                values[guessed] = scaled[(guessed * classes) + given] / sum * total;
            var whole = RoundPreservingSum(values);
            for (var guessed = 0; guessed < classes; guessed++)
                calibrated[given, guessed] = whole[guessed];
        }

        return calibrated;
    }

    /// <summary>Rounds halves to even, then moves the entries with the largest rounding errors by one until the sum is that of the values, rounded.</summary>
    internal static int[] RoundPreservingSum(double[] values)
    {
        var whole = values.Select(v => (int)Math.Round(v)).ToArray();
        var missing = (int)Math.Round(NumpySum.Of<double>(values)) - whole.Sum();
        while (missing != 0)
        {
            var step = Math.Sign(missing);

            // Ascending and stable, read from the end where entries must grow: of equals the last grows, the first shrinks.
            var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i] - whole[i]).ToArray();
            var changes = Math.Min(Math.Abs(missing), values.Length);
            foreach (var i in step > 0 ? order[^changes..] : order[..changes])
                whole[i] += step;
            missing -= step * changes;
        }

        return whole;
    }

    private static int Guess(ReadOnlySpan<float> row, double[] reach, int predicted)
    {
        var (found, count) = (-1, 0);
        for (var k = row.Length - 1; k >= 0; k--)
        {
            if (row[k] >= reach[k])
                (found, count) = (k, count + 1);
        }

        return count > 1 ? predicted : found;
    }
}
