using System.Globalization;
using System.Text.RegularExpressions;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CudaNoisy.Training;

/// <summary>A drawing with a title and two axes, as SVG for a page or as PNG.</summary>
internal sealed partial class Chart
{
    public const string Blue = "#1f77b4";
    public const string Orange = "#e6820e";
    public const string Green = "#2a9d4a";
    public const string Red = "#d0342c";
    public const string Purple = "#8a5bc7";

    private const int Width = 620;
    private const int Height = 380;
    private const float LineWidth = 2;
    private const float MarkerSize = 6;
    private const int MarkersBelow = 40;

    public Chart(string title, string x, string y)
    {
        ChartFont.Install();
        Plot = new Plot();
        Title = title;
        Plot.Title(title, 15);
        Plot.XLabel(x, 13);
        Plot.YLabel(y, 13);
        Plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.08);
        Plot.Axes.Title.Label.Bold = false;
        Plot.Axes.Bottom.Label.Bold = false;
        Plot.Axes.Left.Label.Bold = false;
    }

    public string Title { get; }

    public Plot Plot { get; }

    /// <summary>Whether nothing was drawn.</summary>
    public bool IsEmpty => !Plot.GetPlottables().Any();

    /// <summary>Adds a line; one without points is left out.</summary>
    public Chart Line(string name, string colour, IReadOnlyList<(double X, double Y)> points, double opacity = 1)
    {
        if (points.Count == 0)
            return this;
        var line = Plot.Add.Scatter(points.Select(p => new Coordinates(p.X, p.Y)).ToArray(), Color.FromHex(colour).WithAlpha(opacity));
        line.LegendText = name;
        line.LineWidth = LineWidth;
        line.MarkerSize = points.Count < MarkersBelow ? MarkerSize : 0;
        return this;
    }

    /// <summary>Adds bars between edges, [bars + 1].</summary>
    public Chart Bars(string name, string colour, IReadOnlyList<double> edges, IReadOnlyList<double> heights)
    {
        var bars = heights.Select((height, i) => new Bar
        {
            Position = (edges[i] + edges[i + 1]) / 2,
            Value = height,
            Size = edges[i + 1] - edges[i],
            FillColor = Color.FromHex(colour).WithAlpha(0.55),
            LineWidth = 0,
        }).ToArray();
        Plot.Add.Bars(bars).LegendText = name;
        Plot.Axes.Margins(bottom: 0);
        return this;
    }

    /// <summary>Names ticks of the lower axis.</summary>
    public Chart Ticks(IReadOnlyList<(double X, string Label)> ticks, bool slanted)
    {
        Plot.Axes.Bottom.TickGenerator = new NumericManual([.. ticks.Select(t => t.X)], [.. ticks.Select(t => t.Label)]);
        if (slanted)
        {
            Plot.Axes.Bottom.TickLabelStyle.Rotation = 40;
            Plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
            Plot.Axes.Bottom.MinimumSize = 80;
            Plot.Axes.Right.MinimumSize = 40;
        }

        return this;
    }

    /// <summary>Fixes the left axis.</summary>
    public Chart Range(double low, double high)
    {
        Plot.Axes.SetLimitsY(low, high);
        return this;
    }

    /// <summary>Shows the legend in a corner.</summary>
    public Chart Legend(Alignment corner)
    {
        Plot.ShowLegend(corner);
        return this;
    }

    /// <summary>The chart as an SVG element of a page.</summary>
    /// <param name="id">Tells its parts apart from other charts'.</param>
    public string Svg(string id)
    {
        var svg = Plot.GetSvgXml(Width, Height);
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        svg = Identifier().Replace(svg, match => $"{match.Groups[1].Value}{id}-{match.Groups[2].Value}");
        svg = svg.Replace("<image ", "<image style=\"image-rendering:pixelated\" ", StringComparison.Ordinal);
        return svg.Insert("<svg".Length, string.Create(CultureInfo.InvariantCulture, $" viewBox=\"0 0 {Width} {Height}\" role=\"img\""));
    }

    /// <summary>The chart as a PNG file.</summary>
    public byte[] Png() => Plot.GetImageBytes(Width, Height, ImageFormat.Png);

    [GeneratedRegex("(\\bid=\"|url\\(#|href=\"#)(\\w+)")]
    private static partial Regex Identifier();
}
