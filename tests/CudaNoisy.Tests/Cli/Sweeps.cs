using System.Diagnostics;
using System.Globalization;
using CudaNoisy.Tests.Records;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Cli;

/// <summary>A grid of runs: each ends as it would alone, the table has their accuracies, and a sweep that is killed goes on.</summary>
public sealed class Sweeps : IDisposable
{
    /// <summary>Sums of a few doubles of about one.</summary>
    private const double Tolerance = 1e-12;

    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryRunEndsAsItWouldAloneAndTheTableHasTheirAccuracies()
    {
        var logs = Path.Combine(_folder, "two at a time");
        var (code, table, error) = CommandLine.Run("sweep", File("grid.yaml"), "--logs", logs, "--jobs", "2");
        Assert.True(code == 0, error);

        var alone = CommandLine.Run(
            ["train", "--config", File("shared.yaml"), "--logs", _folder, "--name", "alone", "--problem", "mwnet", "--corruption_prob", "0.4", "--seed", "2", "--iters", "6", "--eval_freq", "3"]);
        Assert.True(alone.Code == 0, alone.Error);
        RunFiles.AssertSame(Path.Combine(_folder, "alone"), Path.Combine(logs, "grid", "MWNet-40_-2"));

        // The mean, the deviation and the paired gain, from what the runs' own tables say.
        double Last(string run) => double.Parse(System.IO.File.ReadLines(Path.Combine(logs, "grid", run, "metrics.csv")).Last().Split(',')[12], CultureInfo.InvariantCulture);
        var (first, second) = (Last("MWNet-40_-1"), Last("MWNet-40_-2"));
        var cell = System.IO.File.ReadAllLines(Path.Combine(logs, "grid", SweepTable.CsvFile)).Single(l => l.StartsWith("MWNet,40%,", StringComparison.Ordinal)).Split(',');
        Assert.Equal("2", cell[2]);
        Assert.Equal((first + second) / 2, double.Parse(cell[3], CultureInfo.InvariantCulture), Tolerance);
        Assert.Equal(Math.Abs(first - second) / Math.Sqrt(2), double.Parse(cell[4], CultureInfo.InvariantCulture), Tolerance);
        var (gain, other) = (Last("CCE-40_-1") - first, Last("CCE-40_-2") - second);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"| {50 * (gain + other):+0.0;-0.0;0.0} ± {100 * Math.Abs(gain - other) / Math.Sqrt(2):0.0} |"),
            table.Split('\n').Single(l => l.StartsWith("| CCE - MWNet", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(table, System.IO.File.ReadAllText(Path.Combine(logs, "grid", SweepTable.MarkdownFile)));
        var page = System.IO.File.ReadAllText(Path.Combine(logs, "grid", SweepTable.HtmlFile));
        Assert.Contains("CCE - MWNet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org/", "", StringComparison.Ordinal), StringComparison.Ordinal);

        var again = CommandLine.Run("sweep", File("grid.yaml"), "--logs", logs);
        Assert.Contains("8 runs, 8 of them ended before", again.Error, StringComparison.Ordinal);
        Assert.Equal((0, table), (again.Code, again.Out));
    }

    [Fact]
    public void AKilledSweepGoesOnAndHasTheSameTable()
    {
        var (whole, killed) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "killed"));
        Assert.Equal(0, CommandLine.Run("sweep", File("grid.yaml"), "--logs", whole).Code);
        using (var process = Process.Start(CommandLine.Start("sweep", File("grid.yaml"), "--logs", killed, "--jobs", "2"))!)
        {
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            while (process.StandardError.ReadLine() is { } line && !line.StartsWith("[3/8]", StringComparison.Ordinal))
            {
            }

            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        Assert.False(System.IO.File.Exists(Path.Combine(killed, "grid", SweepTable.CsvFile)));
        Assert.Equal(0, CommandLine.Run("sweep", File("grid.yaml"), "--logs", killed).Code);
        foreach (var file in new[] { SweepTable.CsvFile, SweepTable.RunsFile, SweepTable.MarkdownFile })
            Assert.Equal(System.IO.File.ReadAllText(Path.Combine(whole, "grid", file)), System.IO.File.ReadAllText(Path.Combine(killed, "grid", file)));
    }

    [Theory]
    [InlineData("gird: {seed: [1]}", "'gird'")]
    [InlineData("name: x", "grid")]
    [InlineData("grid: {loss: [ce, l2]}", "--loss")]
    [InlineData("grid: {learning_rate: [1]}", "'learning_rate'")]
    [InlineData("grid: {seed: [1, 1]}", "grid, seed")]
    [InlineData("grid: {seed: 1}", "grid, seed")]
    [InlineData("grid: {method: {CCE: ce}}", "grid, method, CCE")]
    [InlineData("grid: {seed: [1], name: [a, b]}", "'name'")]
    [InlineData("grid: {seed: [1, 2]}\ncolumns: loss", "columns")]
    [InlineData("grid: {seed: [1, 2]}\ncolumns: seed\nrepeats: seed", "columns, repeats and gain")]
    [InlineData("grid: {seed: [1, 2]}\njobs: 0", "jobs")]
    [InlineData("grid: {seed: [1, 2]}\naccuracy: first", "accuracy")]
    [InlineData("grid: {seed: [1, 2]}\nconfig: missing.yaml", "missing.yaml")]
    [InlineData("grid: {encoder_ckpt: [missing.onnx]}", "missing.onnx")]
    [InlineData("grid: {method: {'a b': {}, a_b: {}}}", "a_b")]
    [InlineData("grid: [1", "YAML")]
    [InlineData("name: ../x\ngrid: {seed: [1, 2]}", "name")]
    [InlineData("name: run\ngrid: {seed: [1, 2]}", "run's folder")]
    public void AWrongFileIsNamed(string yaml, string named)
    {
        var path = Path.Combine(_folder, "wrong.yaml");
        System.IO.File.WriteAllText(path, yaml);
        Directory.CreateDirectory(Path.Combine(_folder, "run"));
        System.IO.File.WriteAllText(Path.Combine(_folder, "run", "config.yml"), "");
        AssertBad(named, path);
        AssertBad("missing.yaml", Path.Combine(_folder, "missing.yaml"));
    }

    [Fact]
    public void AnEarlierRunWithOtherSettingsIsNotMixedIn()
    {
        var grid = File("grid.yaml");
        Assert.Equal(0, CommandLine.Run("sweep", grid, "--logs", _folder).Code);
        System.IO.File.WriteAllText(grid, System.IO.File.ReadAllText(grid).Replace("iters: 6", "iters: 9", StringComparison.Ordinal));
        AssertBad("iters: 9", grid);
    }

    [Fact]
    public void ARunWhoseLossIsInfiniteIsLeftOutOfTheTable()
    {
        File("shared.yaml");
        var path = Path.Combine(_folder, "diverges.yaml");
        System.IO.File.WriteAllText(path, "config: shared.yaml\nsettings: {iters: 6}\ngrid:\n  lr: [0.01, 1.0e+30]\n");
        var (code, table, error) = CommandLine.Run("sweep", path, "--logs", _folder);
        Assert.Equal(1, code);
        Assert.Contains("loss is not finite", error, StringComparison.Ordinal);
        Assert.Contains("1 of 2 runs ended", table, StringComparison.Ordinal);
        Assert.EndsWith(" | – |\n", table, StringComparison.Ordinal);
    }

    private void AssertBad(string named, string path)
    {
        var (code, output, error) = CommandLine.Run("sweep", path, "--logs", _folder);
        Assert.Equal((2, ""), (code, output));
        var line = error.TrimEnd('\n').Split('\n')[^1];
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    /// <summary>Writes the small sweep's files; returns the path of one.</summary>
    private string File(string name)
    {
        var shared = Path.Combine(_folder, "shared.yaml");
        if (!System.IO.File.Exists(shared))
        {
            var data = TinyData.Write(Path.Combine(_folder, "data"));
            var settings = data.Chunk(2).Select(pair => $"{pair[0][2..]}: '{pair[1]}'").Concat(["device: host", "batch_size: 16", "meta_batch_size: 16", "eval_freq: 3", "log_freq: 2", "threads: 1"]);
            System.IO.File.WriteAllLines(shared, settings);
            System.IO.File.WriteAllText(Path.Combine(_folder, "grid.yaml"), """
                config: shared.yaml
                settings: {iters: 6}
                grid:
                  method:
                    CCE: {problem: finetune}
                    MWNet: {problem: mwnet}
                  noise:
                    none: {}
                    40%: {corruption_prob: 0.4}
                  seed: [1, 2]
                columns: noise
                repeats: seed
                gain: method
                """);
        }

        return Path.Combine(_folder, name);
    }
}
