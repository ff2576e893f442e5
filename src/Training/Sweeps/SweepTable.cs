using System.Globalization;
using System.Text;

namespace CudaNoisy.Training;

/// <summary>A sweep's results: a cell for each combination of its axes but the repeats, the gain of one axis' first choice over the others, and the files that say so.</summary>
public sealed class SweepTable
{
    /// <summary>The table: a line a cell.</summary>
    public const string CsvFile = "table.csv";

    /// <summary>A line a run.</summary>
    public const string RunsFile = "runs.csv";

    /// <summary>The table for a text.</summary>
    public const string MarkdownFile = "table.md";

    /// <summary>The table, a chart and all runs as a page.</summary>
    public const string HtmlFile = "table.html";

    private static readonly string[] Colours = [Chart.Blue, Chart.Orange, Chart.Green, Chart.Purple, Chart.Red];
    private readonly SweepPlan _plan;
    private readonly IReadOnlyList<SweepResult> _results;
    private readonly List<int> _rows;

    /// <summary>A table of results.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="results">Its results, in the plan's order.</param>
    public SweepTable(SweepPlan plan, IReadOnlyList<SweepResult> results)
    {
        _plan = plan;
        _results = results;
        _rows = [.. plan.Rows];
    }

    private IReadOnlyList<SweepChoice> Columns => _plan.Axes[_plan.Columns].Choices;

    private string About
    {
        get
        {
            var ended = _results.Count(r => r.Accuracies is not null);
            var repeats = _plan.Repeats is { } axis ? $"; mean ± sample standard deviation over {_plan.Axes[axis].Choices.Count} of {_plan.Axes[axis].Name}" : "";
            return $"Test accuracy in percent ({_plan.Accuracy}){repeats}; {ended} of {_results.Count} runs ended.";
        }
    }

    private string AboutGain
    {
        get
        {
            var axis = _plan.Axes[_plan.Gain!.Value];
            var paired = _plan.Repeats is { } repeats ? $", paired by {_plan.Axes[repeats].Name}" : "";
            return $"Gain of {axis.Choices[0].Label} over another {axis.Name}, in points{paired}.";
        }
    }

    /// <summary>Writes the table in all its forms into the sweep's folder.</summary>
    /// <exception cref="RecordException">A file cannot be written.</exception>
    public void Write()
    {
        AtomicFile.WriteLines(Path.Combine(_plan.Folder, CsvFile), WriteCells);
        AtomicFile.WriteLines(Path.Combine(_plan.Folder, RunsFile), WriteRuns);
        AtomicFile.WriteText(Path.Combine(_plan.Folder, MarkdownFile), Markdown());
        AtomicFile.WriteText(Path.Combine(_plan.Folder, HtmlFile), Html());
    }

    /// <summary>The table as Markdown, which is also readable as it is.</summary>
    public string Markdown()
    {
        var text = new StringBuilder(About).Append("\n\n");
        Append(text, Header(_rows), AccuracyRows().Select(row => Line(row.Labels, row.Cells, signed: false)));
        if (_plan.Gain is not null)
        {
            text.Append('\n').Append(AboutGain).Append("\n\n");
            Append(text, Header(_rows), GainRows().Select(row => Line(row.Labels, row.Cells, signed: true)));
        }

        return text.ToString();
    }

    private static IReadOnlyList<string> Line(IReadOnlyList<string> labels, IReadOnlyList<SweepCell> cells, bool signed) => [.. labels, .. cells.Select(c => c.Text(signed))];

    private static void Append(StringBuilder text, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> lines)
    {
        Add(header);
        Add([.. header.Select(_ => "---")]);
        foreach (var line in lines)
            Add(line);

        void Add(IReadOnlyList<string> fields) => text.Append("| ").AppendJoin(" | ", fields.Select(f => f.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
    }

    private IReadOnlyList<string> Header(IEnumerable<int> rows) => [.. rows.Select(a => _plan.Axes[a].Name), .. Columns.Select(c => c.Label)];

    private IEnumerable<(IReadOnlyList<string> Labels, IReadOnlyList<SweepCell> Cells)> AccuracyRows() => RowLabels()
        .Select(labels => (labels, (IReadOnlyList<SweepCell>)[.. Columns.Select(column => new SweepCell([.. Values(labels, column.Label).Select(v => v.Value)]))]));

    /// <summary>For each combination of the other rows and each other choice: the differences between runs that share column and repeat.</summary>
    private IEnumerable<(IReadOnlyList<string> Labels, IReadOnlyList<SweepCell> Cells)> GainRows()
    {
        var place = _rows.IndexOf(_plan.Gain!.Value);
        var choices = _plan.Axes[_plan.Gain.Value].Choices;
        foreach (var labels in RowLabels().Where(l => l[place] != choices[0].Label))
        {
            string[] first = [.. labels];
            first[place] = choices[0].Label;
            string[] shown = [.. labels];
            shown[place] = $"{choices[0].Label} - {labels[place]}";
            yield return (shown, [.. Columns.Select(column => new SweepCell(
                [.. Values(first, column.Label).Join(Values(labels, column.Label), v => v.Repeat, v => v.Repeat, (a, b) => a.Value - b.Value)]))]);
        }
    }

    private IEnumerable<(string Repeat, double Value)> Values(IReadOnlyList<string> rows, string column) => _results
        .Where(r => r.Accuracies is not null && r.Run.Labels[_plan.Columns] == column && _rows.Select(a => r.Run.Labels[a]).SequenceEqual(rows))
        .Select(r => (_plan.Repeats is { } axis ? r.Run.Labels[axis] : "", _plan.AccuracyOf(r.Accuracies!)));

    private IEnumerable<IReadOnlyList<string>> RowLabels() => SweepAxis.Combinations(_rows.Select(a => _plan.Axes[a])).Select(choices => (IReadOnlyList<string>)[.. choices.Select(c => c.Label)]);

    private void WriteCells(TextWriter writer)
    {
        Write(writer, [.. _rows.Select(a => _plan.Axes[a].Name), _plan.Axes[_plan.Columns].Name, "runs", "mean", "deviation", "least", "most"]);
        foreach (var (labels, cells) in AccuracyRows())
        {
            foreach (var (column, cell) in Columns.Zip(cells))
                Write(writer, [.. labels, column.Label, cell.Count, cell.Mean, cell.Deviation, cell.Least, cell.Most]);
        }
    }

    private void WriteRuns(TextWriter writer)
    {
        Write(writer, [.. _plan.Axes.Select(a => a.Name), "last", "selected", "best", "selected_step", "folder"]);
        foreach (var result in _results)
            Write(writer, [.. result.Run.Labels, result.Accuracies?.Last, result.Accuracies?.Selected, result.Accuracies?.Best, result.Accuracies?.SelectedStep, result.Run.Options.Name]);
    }

    private static void Write(TextWriter writer, IReadOnlyList<object?> fields) => writer.WriteLine(string.Join(',', fields.Select(f => f switch
    {
        double value => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture),
        string text => Csv.Quote(text),
        _ => Convert.ToString(f, CultureInfo.InvariantCulture),
    })));

    private string Html()
    {
        var page = new StringBuilder(HtmlPage.Open(_plan.Name)).Append($"<h1>{HtmlTable.Encode(_plan.Name)}</h1>\n<p class=\"sub\">{HtmlTable.Encode(About)}</p>\n");
        page.Append(Table(AccuracyRows().Select(row => Line(row.Labels, row.Cells, signed: false))));
        if (_plan.Gain is not null)
            page.Append($"<h2>Gain</h2>\n<p class=\"sub\">{HtmlTable.Encode(AboutGain)}</p>\n").Append(Table(GainRows().Select(row => Line(row.Labels, row.Cells, signed: true))));
        page.Append($"<h2>Means</h2>\n<div class=\"charts\">\n<figure>\n{Drawing().Svg("means")}\n</figure>\n</div>\n<h2>Runs</h2>\n");
        var runs = new HtmlTable([.. _plan.Axes.Select(a => a.Name), "last", "selected", "best", "folder"]);
        foreach (var (run, accuracies) in _results)
            runs.Add([.. run.Labels, accuracies?.Last ?? double.NaN, accuracies?.Selected ?? double.NaN, accuracies?.Best ?? double.NaN, run.Options.Name]);
        return page.Append(runs).Append(HtmlPage.Close).ToString();

        HtmlTable Table(IEnumerable<IReadOnlyList<string>> lines)
        {
            var table = new HtmlTable(Header(_rows));
            foreach (var line in lines)
                table.Add(line);
            return table;
        }
    }

    /// <summary>A line a row of the table; rows that differ in the gain's axis alone share a colour, its first choice the strongest.</summary>
    private Chart Drawing()
    {
        var chart = new Chart("Mean test accuracy", _plan.Axes[_plan.Columns].Name, "accuracy (%)");
        var place = _plan.Gain is { } gain ? _rows.IndexOf(gain) : -1;
        var families = new List<string>();
        foreach (var (labels, cells) in AccuracyRows())
        {
            var family = string.Join('\n', labels.Where((_, i) => i != place));
            if (!families.Contains(family))
                families.Add(family);
            var rank = place < 0 ? 0 : _plan.Axes[_plan.Gain!.Value].Choices.ToList().FindIndex(c => c.Label == labels[place]);
            chart.Line(
                string.Join(", ", labels), Colours[families.IndexOf(family) % Colours.Length],
                [.. cells.Select((cell, i) => ((double)i, 100 * cell.Mean)).Where(p => double.IsFinite(p.Item2))], 1.0 / (1 + rank));
        }

        return chart.Ticks([.. Columns.Select((c, i) => ((double)i, c.Label))], slanted: Columns.Any(c => c.Label.Length > 8)).Range(0, 100).Legend(ScottPlot.Alignment.LowerLeft);
    }
}
