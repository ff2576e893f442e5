using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CudaNoisy.Training;
using SkiaSharp;
using Command = CudaNoisy.Tests.Cli.CommandLine;

namespace CudaNoisy.Tests.Reports;

/// <summary>report.html: self-contained, complete, and the browser shows its charts.</summary>
public sealed partial class ReportTests(TinyRun run) : IClassFixture<TinyRun>
{
    private const int BrowserMilliseconds = 60_000;
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private string Page => File.ReadAllText(run.PathOf(RunFolder.ReportFile));

    [Fact]
    public void ThePageNeedsNothingElse()
    {
        var page = Page;
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(Reference().Matches(page), m => Assert.True(m.Groups[1].Value.StartsWith("data:", StringComparison.Ordinal) || m.Groups[1].Value.StartsWith('#'), m.Value));
        Assert.DoesNotContain("<b>run", page, StringComparison.Ordinal);
        Assert.Contains("tiny &amp; &lt;b&gt;run", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Loss")]
    [InlineData("Accuracy")]
    [InlineData("Learning rate")]
    [InlineData("V(l): weight of a sample by its loss")]
    [InlineData("Sample weights")]
    [InlineData("Mean weight of an image")]
    [InlineData("Test images")]
    [InlineData("Observed label transitions")]
    [InlineData("Training images predicted as their true class")]
    [InlineData("Mean loss of an image")]
    public void AChartIsThere(string title)
    {
        var charts = Charts(Page);
        Assert.Equal(10, charts.Length);
        var chart = Assert.Single(charts, c => c.Descendants().Any(e => e.Name.LocalName == "text" && e.Value.Trim() == title));
        Assert.Contains(chart.Descendants(), e => e.Name.LocalName is "path" or "image" && e.Attributes().Any(a => a.Value.Length > 200));
    }

    [Fact]
    public void PartsOfChartsHaveNamesOfTheirOwn()
    {
        var ids = Charts(Page).SelectMany(c => c.Descendants()).Select(e => e.Attribute("id")?.Value).OfType<string>().ToArray();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Local().Matches(Page), m => Assert.Contains(m.Groups[1].Value, ids));
    }

    [Fact]
    public void TheTablesAreTheLedgers()
    {
        var samples = SampleTable.Read(run.PathOf(RunFolder.SamplesFile)).ToArray();
        Assert.Equal(300, samples.Length);
        Assert.All(samples, s => Assert.InRange(s.Probability, 0, 1));
        for (var k = 0; k < 10; k++)
        {
            var kept = samples.Where(s => s.TrueLabel == k && s.GivenLabel == k).ToArray();
            var changed = samples.Where(s => s.TrueLabel == k && s.GivenLabel != k).ToArray();
            Assert.Contains(
                string.Concat(
                    $"<td class=\"n\">{kept.Length}</td><td class=\"n\">{Percent(kept.Count(s => s.PredictedLabel == k), kept.Length)}</td>",
                    $"<td class=\"n\">{changed.Length}</td><td class=\"n\">{Percent(changed.Count(s => s.PredictedLabel == k), changed.Length)}</td>"),
                Page, StringComparison.Ordinal);
        }

        foreach (var line in File.ReadAllLines(run.PathOf(RunFolder.ConfigFile)).Select(l => l.Split(": ")[0]))
            Assert.Contains($"<td>{line}</td>", Page, StringComparison.Ordinal);
        Assert.Contains("cudanoisy train --logs", Page, StringComparison.Ordinal);
        Assert.Contains("ILGPU 1.", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void TheBestCheckpointIsOfTheBestValidation()
    {
        var validation = MetricTable.Read(run.PathOf("metrics.csv")).Column("val_acc");
        Assert.Equal(3, validation.Count);
        using var best = CheckpointReader.Open(run.PathOf("best.ckpt"));
        Assert.Equal(validation.MaxBy(p => p.Y).X, best.GetLong("step"));
    }

    [Fact]
    public void AKilledRunsPageIsWrittenFromItsCheckpoint()
    {
        using var copy = new Copy(run.Folder, RunFolder.SamplesFile, RunFolder.ReportFile, RunFolder.ModelFile);
        File.AppendAllText(Path.Combine(copy.Folder, "metrics.csv"), "25,0.0");
        var (code, output, _) = Command.Run("report", copy.Folder);
        Assert.Equal(0, code);
        var page = File.ReadAllText(output.Trim());
        Assert.Contains("not ended: step 24 of 24", page, StringComparison.Ordinal);
        Assert.Contains("Latest predictions made while training", page, StringComparison.Ordinal);
        Assert.Equal(10, Charts(page).Length);
    }

    [Fact]
    public void WhatIsNoRunIsNamed()
    {
        AssertBad("the folder of a run expected", Path.GetTempPath());
        using var copy = new Copy(run.Folder);
        var metrics = Path.Combine(copy.Folder, "metrics.csv");
        var lines = File.ReadAllLines(metrics);
        lines[2] = lines[2].Replace('.', 'x');
        File.WriteAllLines(metrics, lines);
        AssertBad("metrics.csv, line 3", copy.Folder);
        File.WriteAllText(Path.Combine(copy.Folder, RunFolder.ConfusionFile), "label,a,b\na,1,2\nb,1\n");
        AssertBad("confusion.csv, line 3", copy.Folder);
    }

    [SkippableFact]
    public void ABrowserWithoutANetworkShowsTheCharts()
    {
        var browser = Array.Find(Browsers, File.Exists);
        Skip.If(browser is null, "skipped: no Chromium on this machine");
        using var copy = new Copy(run.Folder);
        var picture = Path.Combine(copy.Folder, "page.png");
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--proxy-server=127.0.0.1:9", "--user-data-dir=" + Path.Combine(copy.Folder, "profile"), "--window-size=1360,2600",
            "--screenshot=" + picture, "file://" + Path.Combine(copy.Folder, RunFolder.ReportFile),
        ];
        using (var process = Process.Start(new ProcessStartInfo(browser, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!)
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.StandardOutput.ReadToEnd();
            Assert.True(process.WaitForExit(BrowserMilliseconds));
        }

        using var bitmap = SKBitmap.Decode(picture);
        Assert.NotNull(bitmap);
        foreach (var colour in new[] { "#1f77b4", "#e6820e", "#2a9d4a", "#8a5bc7", "#d0342c" }.Select(SKColor.Parse))
            Assert.True(bitmap.Pixels.Count(p => p == colour) > 300, $"lines of colour {colour} expected");
    }

    private static void AssertBad(string named, string folder)
    {
        var (code, _, error) = Command.Run("report", folder);
        Assert.Equal(2, code);
        Assert.Contains(named, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static string Percent(int part, int whole) => FormattableString.Invariant($"{100.0 * part / whole:0.0} %");

    private static XElement[] Charts(string page) => [.. Svg().Matches(page).Select(m => XElement.Parse(m.Value))];

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();

    [GeneratedRegex("(?:src=\"|href=\"|url\\()([^\")]*)")]
    private static partial Regex Reference();

    [GeneratedRegex("(?:href=\"|url\\()#([^\")]*)")]
    private static partial Regex Local();

    /// <summary>A copy of a run's folder without some files.</summary>
    private sealed class Copy : IDisposable
    {
        public Copy(string run, params string[] without)
        {
            Folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;
            foreach (var file in Directory.EnumerateFiles(run).Where(f => !without.Contains(Path.GetFileName(f))))
                File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }

        public string Folder { get; }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
