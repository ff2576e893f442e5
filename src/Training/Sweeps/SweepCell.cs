using System.Globalization;

namespace CudaNoisy.Training;

/// <summary>Mean and spread of some runs' accuracies, or of differences between runs that share a repeat.</summary>
/// <param name="values">The numbers; none for runs that have not ended.</param>
public sealed class SweepCell(IReadOnlyList<double> values)
{
    /// <summary>How many numbers there are.</summary>
    public int Count => values.Count;

    /// <summary>Their mean; NaN for none.</summary>
    public double Mean => Count == 0 ? double.NaN : values.Average();

    /// <summary>Their sample standard deviation (n - 1); NaN below two.</summary>
    public double Deviation => Count < 2 ? double.NaN : Math.Sqrt(values.Sum(v => (v - Mean) * (v - Mean)) / (Count - 1));

    /// <summary>The smallest; NaN for none.</summary>
    public double Least => Count == 0 ? double.NaN : values.Min();

    /// <summary>The largest; NaN for none.</summary>
    public double Most => Count == 0 ? double.NaN : values.Max();

    /// <summary>Percent: mean and standard deviation, the mean alone below two, a dash for none.</summary>
    /// <param name="signed">Whether a plus is written.</param>
    public string Text(bool signed)
    {
        if (Count == 0)
            return "–";
        var mean = (100 * Mean).ToString(signed ? "+0.0;-0.0;0.0" : "0.0", CultureInfo.InvariantCulture);
        return Count < 2 ? mean : string.Create(CultureInfo.InvariantCulture, $"{mean} ± {100 * Deviation:0.0}");
    }
}
