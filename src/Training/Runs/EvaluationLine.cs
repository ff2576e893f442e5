using System.Globalization;

namespace CudaNoisy.Training;

/// <summary>An evaluation as a line of a table for people.</summary>
public static class EvaluationLine
{
    /// <summary>The line above the first evaluation's.</summary>
    public static string Header(EvaluationRow row) =>
        "    step        lr  train loss  train acc   val acc  test acc" + (IsWeighted(row) ? "  weight kept  changed    AUC" : "") + (double.IsNaN(row.NeighbourAccuracy) ? "" : "     20-NN");

    /// <summary>An evaluation's line.</summary>
    public static string Of(EvaluationRow row)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{row.Step,8}  {row.Rate,8:G4}  {row.TrainLoss,10:F4}  {row.TrainAccuracy,9:P2}  {row.ValidationAccuracy,8:P2}  {row.TestAccuracy,8:P2}");
        if (IsWeighted(row))
            line += string.Create(CultureInfo.InvariantCulture, $"  {row.WeightKept,11:F4}  {row.WeightChanged,7:F4}  {row.WeightAuc,5:F3}");
        if (!double.IsNaN(row.NeighbourAccuracy))
            line += string.Create(CultureInfo.InvariantCulture, $"  {row.NeighbourAccuracy,8:P2}");
        return line;
    }

    private static bool IsWeighted(EvaluationRow row) => !double.IsNaN(row.WeightAuc) || !double.IsNaN(row.WeightKept);
}
