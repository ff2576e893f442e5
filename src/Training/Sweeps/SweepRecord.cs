using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>What the folder of a sweep's run says.</summary>
internal static class SweepRecord
{
    /// <summary>Options that change where and how fast a run is computed, and nothing in its result.</summary>
    private static readonly string[] Neutral = ["image_cache", "logs", "threads", "workers"];

    /// <summary>The accuracies of a run that has ended; null where it has not, or has not begun.</summary>
    /// <exception cref="InputException">A record is damaged, or the folder's run has other settings.</exception>
    /// <exception cref="RecordException">A record cannot be read.</exception>
    public static RunResult? Read(SweepRun run)
    {
        var config = Path.Combine(run.Folder, RunFolder.ConfigFile);
        try
        {
            return File.Exists(config) ? Read(run, config) : null;
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(run.Folder, "reading the run", cause);
        }
    }

    private static RunResult? Read(SweepRun run, string config)
    {
        CheckSettings(run, config);
        var metrics = MetricTable.Read(Path.Combine(run.Folder, MetricsLog.CsvFile(MetricsLog.MetricsName)));
        var model = run.Options.Problem == TrainOptions.Simclr ? RunFolder.EncoderFile : RunFolder.ModelFile;
        if (!RunSummary.HasEnded(run.Folder, metrics, YamlSettings.Read(config)) || !File.Exists(Path.Combine(run.Folder, model)))
            return null;
        var selection = new Selection();
        var validation = metrics.Column("val_acc").ToDictionary();
        foreach (var (step, accuracy) in metrics.Column("test_acc"))
            selection.Add((long)step, validation.TryGetValue(step, out var share) ? share : null, accuracy);
        return selection.Result(run.Folder);
    }

    private static void CheckSettings(SweepRun run, string config)
    {
        var (earlier, now) = (Lines(File.ReadAllText(config)), Lines(run.Options.Yaml));
        if (now.Except(earlier).Concat(earlier.Except(now)).FirstOrDefault() is { } line)
            throw new InputException($"{run.Folder}: an earlier run with the same settings expected, one that differs in '{line}' came; give the sweep another name or remove that folder");
    }

    private static string[] Lines(string yaml) => [.. yaml.Split('\n').Where(line => line.Length > 0 && !Neutral.Contains(line[..Math.Max(0, line.IndexOf(':'))]))];
}
