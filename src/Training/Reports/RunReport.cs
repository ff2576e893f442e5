using System.Globalization;
using System.Text;
using CudaNoisy.Runtime;
using static CudaNoisy.Training.HtmlTable;

namespace CudaNoisy.Training;

/// <summary><c>report.html</c>: one page about a run that needs nothing else, no network and no script.</summary>
public sealed class RunReport
{
    private readonly StringBuilder _page = new();
    private readonly RunSummary _run;
    private int _charts;

    private RunReport(RunSummary run) => _run = run;

    private bool IsNoisy => _run.Ledger.Changed > 0;

    private bool IsWeighted => _run.Curve.Rows.Count > 0;

    /// <summary>Writes a run's page from what lies in its folder; the run may have ended, been stopped or killed, or go on.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="InputException">There is no run, or one of its tables is damaged.</exception>
    /// <exception cref="RecordException">A file cannot be read, or the page not be written.</exception>
    public static string Write(string folder)
    {
        var run = RunSummary.Read(folder);
        var path = Path.Combine(run.Folder, RunFolder.ReportFile);
        AtomicFile.WriteText(path, new RunReport(run).Build());
        return path;
    }

    private string Build()
    {
        _page.Append(HtmlPage.Open(_run.Name));
        AddHead();
        AddTraining();
        if (IsWeighted)
            AddWeights();
        if (_run.Ledger.Count > 0)
            AddLabels();
        AddConfiguration();
        AddSessions();
        return _page.Append(HtmlPage.Close).ToString();
    }

    private void AddHead()
    {
        var steps = _run.Options.GetValueOrDefault("iters", "?");
        var state = _run.IsFinished ? string.Create(CultureInfo.InvariantCulture, $"ended after {_run.Step} steps") : string.Create(CultureInfo.InvariantCulture, $"not ended: step {_run.Step} of {steps}");
        var options = _run.Options;
        _page.Append($"<h1>{Encode(_run.Name)}</h1>\n<p class=\"sub\">{Encode(state)}; {Encode(Option("problem"))} of {Encode(Option("data"))} with loss {Encode(Option("loss"))}; ")
            .Append(IsNoisy ? $"{Percent((double)_run.Ledger.Changed / _run.Ledger.Known)} of the training labels changed" : "no training label known to be changed").Append("</p>\n<div class=\"cards\">\n");
        var (test, validation) = (_run.Metrics.Column("test_acc"), _run.Metrics.Column("val_acc"));
        if (test.Count > 0)
        {
            Card(Percent(test[^1].Y), "test accuracy, last");
            if (validation.Count > 0)
            {
                var (step, best) = validation.MaxBy(p => p.Y);
                Card(Percent(test.First(p => p.X == step).Y), $"test accuracy, selected on validation ({Percent(best)} at step {step})");
            }

            Card(Percent(test.Max(p => p.Y)), "test accuracy, best");
        }

        if (_run.Ledger.Count > 0)
            Card(_run.Ledger.Count.ToString("N0", CultureInfo.InvariantCulture), "training images");
        _page.Append("</div>\n");

        string Option(string name) => options.GetValueOrDefault(name, "?");
        void Card(string number, string text) => _page.Append($"<div class=\"card\"><b>{Encode(number)}</b><span>{Encode(text)}</span></div>\n");
    }

    private void AddTraining() => Section(
        "Training",
        (RunCharts.Loss(_run.Metrics), "Training loss as the method has it; validation and test: cross-entropy."),
        (RunCharts.Accuracy(_run.Metrics), "Training accuracy is counted on the given labels, the wrong ones included."),
        (RunCharts.Rate(_run.Metrics), "Of the step before."),
        (_run.Confusion is { } c ? MatrixChart.Create("Test images", "predicted class", "class", c.ClassNames, c.Counts) : null, "Share of a class's images in percent, at the latest evaluation."));

    private void AddWeights() => Section(
        "Weights",
        (RunCharts.Curves(_run.Curve.Rows, WeightCurve.Losses), "The weighting network at some evaluations, the latest the darkest."),
        (RunCharts.Weights(_run.Metrics), "Mean weight since the evaluation before. AUC: the chance that a kept label weighs more than a changed one."),
        (RunCharts.Spread("Mean weight of an image", "mean weight", _run.Ledger.Weights, 1.0 / LedgerSummary.WeightBins), "Over all times it was trained on."));

    private void AddLabels()
    {
        var ledger = _run.Ledger;
        if (IsNoisy)
        {
            Section(
                "Label noise",
                (MatrixChart.Create("Observed label transitions", "given label", "true label", _run.ClassNames, ledger.Transitions), "Share of a class's training images that were given a label, in percent."),
                (RunCharts.Classes(ledger, _run.ClassNames), _run.IsFinished ? "Predictions of the final network." : "Latest predictions made while training."),
                (RunCharts.Spread("Mean loss of an image", "mean loss", ledger.Losses, LedgerSummary.MaxLoss / LedgerSummary.LossBins), "Over all times it was trained on; the last bar has all above."));
            AddClassTable(ledger);
        }

        if (ledger.MostSuspicious.Count == 0)
            return;
        _page.Append("<h2>Labels that the network contradicts most</h2>\n");
        var table = new HtmlTable("image", "given label", "true label", "predicted label", "probability", "mean loss", "flips");
        foreach (var sample in ledger.MostSuspicious)
        {
            table.Add(
                sample.Id, Name(sample.GivenLabel), sample.TrueLabel is { } truth ? Name(truth) : "not known", Name(sample.PredictedLabel!.Value), sample.Probability, (float)sample.MeanLoss, sample.Flips);
        }

        _page.Append(table);
    }

    private void AddClassTable(LedgerSummary ledger)
    {
        _page.Append("<h2>Classes</h2>\n");
        var table = new HtmlTable("true class", "kept labels", "accuracy on kept", "changed labels", "accuracy on changed", "predicted as the wrong label");
        for (var k = 0; k < ledger.Classes.Count; k++)
        {
            var c = ledger.Classes[k];
            table.Add(Name(k), c.Kept, (double)c.KeptRight / c.Kept, c.Changed, (double)c.ChangedRight / c.Changed, (double)c.ChangedLearnt / c.Changed);
        }

        _page.Append(table);
    }

    private void AddConfiguration()
    {
        _page.Append("<h2>Configuration</h2>\n");
        var table = new HtmlTable("option", "value");
        foreach (var (key, value) in _run.Options.OrderBy(o => o.Key, StringComparer.Ordinal))
            table.Add(key, value);
        _page.Append(table);
    }

    private void AddSessions()
    {
        _page.Append("<h2>Command, machine, versions</h2>\n");
        var table = new HtmlTable("started (UTC)", "from step", "command", "device", "machine", "versions");
        foreach (var s in _run.Sessions)
        {
            table.Add(
                s.Started.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), s.FromStep, s.Command, s.Device, $"{s.Processor}, {s.Cores} logical processors, {s.MemoryMiB} MiB; {s.System}",
                string.Join(", ", s.Libraries.Select(l => $"{l.Key} {l.Value}").Prepend(s.Framework).Prepend($"CudaNoisy {s.Version}")));
        }

        _page.Append(table);
    }

    private string Name(int label) => label < _run.ClassNames.Count ? _run.ClassNames[label] : label.ToString(CultureInfo.InvariantCulture);

    private void Section(string title, params ReadOnlySpan<(Chart? Chart, string Caption)> charts)
    {
        _page.Append($"<h2>{Encode(title)}</h2>\n<div class=\"charts\">\n");
        foreach (var (chart, caption) in charts)
        {
            if (chart is { IsEmpty: false })
                _page.Append($"<figure>\n{chart.Svg($"c{_charts++}")}\n<figcaption>{Encode(caption)}</figcaption>\n</figure>\n");
        }

        _page.Append("</div>\n");
    }
}
