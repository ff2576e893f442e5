namespace CudaNoisy.Training;

/// <summary>Estimates of what is behind the given labels.</summary>
/// <param name="Prior">Share of every true class, p(y), [class].</param>
/// <param name="NoiseMatrix">p(given s | true y), [s, y]; columns add up to 1.</param>
/// <param name="InverseNoiseMatrix">p(true y | given s), [y, s]; columns add up to 1.</param>
public sealed record LatentNoise(double[] Prior, double[,] NoiseMatrix, double[,] InverseNoiseMatrix)
{
    private const double LargestRate = 0.9999;

    /// <summary>From a calibrated confident joint.</summary>
    /// <param name="joint">Counts, (given, true).</param>
    /// <param name="counts">Samples by given label, [class].</param>
    /// <remarks>Northcutt et al. 2021, section 3.1: columns and rows of the joint, normalised; p(y) = p(y|s) / p(s|y) p(s) on the diagonals.</remarks>
    public static LatentNoise From(int[,] joint, int[] counts)
    {
        var classes = counts.Length;
        var (noise, inverse) = (new double[classes, classes], new double[classes, classes]);
        var (given, truth) = (new double[classes], new double[classes]);
        for (var s = 0; s < classes; s++)
        {
            for (var y = 0; y < classes; y++)
            {
                given[s] += joint[s, y];
                truth[y] += joint[s, y];
            }
        }

        for (var s = 0; s < classes; s++)
        {
            for (var y = 0; y < classes; y++)
            {
                noise[s, y] = Ratio(joint[s, y], truth[y]);
                inverse[y, s] = Ratio(joint[s, y], given[s]);
            }
        }

        double total = counts.Sum();
        var prior = Enumerable.Range(0, classes).Select(k => Math.Clamp(Ratio(inverse[k, k], noise[k, k]) * (counts[k] / total), LabelScores.Tiny, 1)).ToArray();
        var sum = prior.Sum();
        return new LatentNoise([.. prior.Select(p => p / sum)], Clip(noise), Clip(inverse));
    }

    private static double Ratio(double a, double b) => b > 0 ? a / b : 0;

    private static double[,] Clip(double[,] rates)
    {
        var classes = rates.GetLength(0);
        var clipped = new double[classes, classes];
        for (var column = 0; column < classes; column++)
        {
            double sum = 0;
            for (var row = 0; row < classes; row++)
                sum += clipped[row, column] = row == column ? rates[row, column] : Math.Min(rates[row, column], LargestRate);
            for (var row = 0; row < classes; row++)
                clipped[row, column] = Ratio(clipped[row, column], sum);
        }

        return clipped;
    }
}
