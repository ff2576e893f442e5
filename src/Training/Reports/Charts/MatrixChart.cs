using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CudaNoisy.Training;

/// <summary>A matrix of shares: a row is a label, its shares add up to 1.</summary>
internal static class MatrixChart
{
    private const int NumbersUpTo = 12;
    private const int NamesUpTo = 20;
    private const int TicksBeyond = 10;

    /// <summary>Draws counts as shares of their row.</summary>
    public static Chart Create(string title, string columns, string rows, IReadOnlyList<string> names, int[,] counts)
    {
        var k = names.Count;
        var shares = Shares(counts);
        var chart = new Chart(title, columns, rows);
        var map = chart.Plot.Add.Heatmap(shares);
        map.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        map.ManualRange = new ScottPlot.Range(0, 1);
        chart.Plot.Add.ColorBar(map);
        chart.Plot.HideGrid();
        chart.Plot.Axes.SetLimits(-0.5, k - 0.5, -0.5, k - 0.5);
        if (k <= NumbersUpTo)
            AddNumbers(chart.Plot, shares);
        var labels = k <= NamesUpTo && names.All(ChartFont.Has) ? names : [.. Enumerable.Range(0, k).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        var every = k <= NamesUpTo ? 1 : Math.Max(1, k / TicksBeyond);
        var ticks = Enumerable.Range(0, k).Where(i => i % every == 0).ToArray();
        chart.Ticks([.. ticks.Select(i => ((double)i, labels[i]))], slanted: labels.Any(l => l.Length > 2));
        chart.Plot.Axes.Left.TickGenerator = new NumericManual([.. ticks.Select(i => (double)(k - 1 - i))], [.. ticks.Select(i => labels[i])]);
        return chart;
    }

    private static double[,] Shares(int[,] counts)
    {
        var k = counts.GetLength(0);
        var shares = new double[k, k];
        for (var i = 0; i < k; i++)
        {
            var sum = Enumerable.Range(0, k).Sum(j => (long)counts[i, j]);
            for (var j = 0; j < k; j++)
                shares[i, j] = sum == 0 ? 0 : (double)counts[i, j] / sum;
        }

        return shares;
    }

    private static void AddNumbers(Plot plot, double[,] shares)
    {
        var k = shares.GetLength(0);
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                var text = plot.Add.Text((100 * shares[i, j]).ToString("0", CultureInfo.InvariantCulture), j, k - 1 - i);
                text.LabelAlignment = Alignment.MiddleCenter;
                text.LabelFontSize = 10;
                text.LabelFontColor = shares[i, j] > 0.5 ? Colors.White : Color.FromHex("#333333");
            }
        }
    }
}
