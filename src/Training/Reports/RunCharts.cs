using System.Globalization;
using ScottPlot;

namespace CudaNoisy.Training;

/// <summary>The charts of a run.</summary>
internal static class RunCharts
{
    private const int CurvesShown = 6;
    private const int BarsUpTo = 100;
    private const int NamedBarsUpTo = 20;

    /// <summary>Losses by step.</summary>
    public static Chart Loss(MetricTable metrics) => new Chart("Loss", "step", "mean loss")
        .Line("training", Chart.Blue, metrics.Series("train_loss"))
        .Line("meta batch", Chart.Purple, metrics.Series("meta_loss"))
        .Line("validation", Chart.Green, metrics.Series("val_loss"))
        .Line("test", Chart.Orange, metrics.Series("test_loss"))
        .Legend(Alignment.UpperRight);

    /// <summary>Accuracies by step.</summary>
    public static Chart Accuracy(MetricTable metrics) => new Chart("Accuracy", "step", "accuracy (%)")
        .Line("training, given labels", Chart.Blue, metrics.Series("train_acc", 100))
        .Line("validation", Chart.Green, metrics.Series("val_acc", 100))
        .Line("test", Chart.Orange, metrics.Series("test_acc", 100))
        .Range(0, 100)
        .Legend(Alignment.LowerRight);

    /// <summary>The learning rate by step.</summary>
    public static Chart Rate(MetricTable metrics) => new Chart("Learning rate", "step", "learning rate").Line("", Chart.Blue, metrics.Series("lr"));

    /// <summary>Mean weights by step.</summary>
    public static Chart Weights(MetricTable metrics) => new Chart("Sample weights", "step", "mean weight; AUC")
        .Line("kept labels", Chart.Blue, metrics.Series("weight_kept"))
        .Line("changed labels", Chart.Red, metrics.Series("weight_changed"))
        .Line("AUC", Chart.Green, metrics.Series("weight_auc"))
        .Range(0, 1.3)
        .Legend(Alignment.UpperRight);

    /// <summary>The weighting network's curves at some evaluations, the latest the darkest.</summary>
    /// <param name="curves">Rows: the step, then V at each loss.</param>
    /// <param name="losses">The losses.</param>
    public static Chart Curves(IReadOnlyList<double[]> curves, IReadOnlyList<double> losses)
    {
        var chart = new Chart("V(l): weight of a sample by its loss", "loss l", "weight V(l)");
        var shown = Math.Min(CurvesShown, curves.Count);
        for (var i = 0; i < shown; i++)
        {
            var row = curves[shown == 1 ? ^1 : i * (curves.Count - 1) / (shown - 1)];
            chart.Line(string.Create(CultureInfo.InvariantCulture, $"step {row[0]}"), Chart.Purple, [.. losses.Select((l, j) => (l, row[j + 1]))], (i + 1.0) / shown);
        }

        return chart.Range(0, 1).Legend(Alignment.UpperRight);
    }

    /// <summary>Accuracy by true class, on kept and on changed labels.</summary>
    public static Chart? Classes(LedgerSummary ledger, IReadOnlyList<string> names)
    {
        if (names.Count > BarsUpTo)
            return null;
        var chart = new Chart("Training images predicted as their true class", "true class", "accuracy (%)");
        Add("label kept", Chart.Blue, -0.4, c => Share(c.KeptRight, c.Kept));
        Add("label changed", Chart.Red, 0, c => Share(c.ChangedRight, c.Changed));
        if (names.Count <= NamedBarsUpTo)
            chart.Ticks([.. names.Select((n, i) => ((double)i, ChartFont.Has(n) ? n : i.ToString(CultureInfo.InvariantCulture)))], slanted: names.Any(n => n.Length > 2));
        return chart.Range(0, 119).Legend(Alignment.UpperRight);

        void Add(string name, string colour, double offset, Func<LedgerSummary.ClassCounts, double> height)
        {
            // Edges of bars with gaps: every other bar has no height.
            var edges = ledger.Classes.SelectMany((_, i) => new[] { i + offset, i + offset + 0.4 }).ToArray();
            chart.Bars(name, colour, edges, [.. Enumerable.Range(0, edges.Length - 1).Select(i => i % 2 == 0 ? height(ledger.Classes[i / 2]) : 0)]);
        }
    }

    /// <summary>Counts of mean losses or weights, kept against changed.</summary>
    public static Chart Spread(string title, string x, int[,] counts, double width)
    {
        var bins = counts.GetLength(1);
        var edges = Enumerable.Range(0, bins + 1).Select(i => i * width).ToArray();
        return new Chart(title, x, "training images")
            .Bars("label kept", Chart.Blue, edges, [.. Enumerable.Range(0, bins).Select(i => (double)counts[0, i])])
            .Bars("label changed", Chart.Red, edges, [.. Enumerable.Range(0, bins).Select(i => (double)counts[1, i])])
            .Legend(Alignment.UpperRight);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : 100.0 * part / whole;
}
