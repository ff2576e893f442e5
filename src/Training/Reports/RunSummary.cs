using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>What a run's folder says about it, whether it ended, was stopped, was killed, or goes on.</summary>
internal sealed class RunSummary
{
    private const int MaxClasses = 1 << 16;

    private RunSummary(string folder) => Folder = folder;

    public string Folder { get; }

    public string Name => Path.GetFileName(Folder);

    public required IReadOnlyDictionary<string, string> Options { get; init; }

    public required IReadOnlyList<RunSession> Sessions { get; init; }

    public required MetricTable Metrics { get; init; }

    public required MetricTable Curve { get; init; }

    public required ConfusionTable? Confusion { get; init; }

    public required LedgerSummary Ledger { get; init; }

    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>See <see cref="HasEnded"/>.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>Steps that the records show.</summary>
    public long Step => StepOf(Metrics);

    /// <summary>Reads a run's folder.</summary>
    /// <exception cref="InputException">There is no run, or one of its tables is damaged.</exception>
    /// <exception cref="RecordException">A file cannot be read.</exception>
    public static RunSummary Read(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var config = Path.Combine(folder, RunFolder.ConfigFile);
        if (!File.Exists(config))
            throw new InputException($"{folder}: the folder of a run expected (with {RunFolder.ConfigFile}), {(Directory.Exists(folder) ? "a folder without it" : "nothing")} came");
        try
        {
            var confusion = Path.Combine(folder, RunFolder.ConfusionFile);
            var table = File.Exists(confusion) ? ConfusionTable.Read(confusion) : null;
            var metrics = MetricTable.Read(Path.Combine(folder, MetricsLog.CsvFile(MetricsLog.MetricsName)));
            var options = YamlSettings.Read(config);
            var finished = HasEnded(folder, metrics, options);
            var names = table?.ClassNames ?? Numbers.Of(CountClasses(Samples(folder, finished)));
            return new RunSummary(folder)
            {
                Options = options,
                Sessions = RunSession.Read(Path.Combine(folder, RunFolder.SessionsFile)),
                Metrics = metrics,
                Curve = MetricTable.Read(Path.Combine(folder, MetricsLog.CsvFile(WeightCurve.TableName))),
                Confusion = table,
                ClassNames = names,
                Ledger = new LedgerSummary(Samples(folder, finished), names.Count),
                IsFinished = finished,
            };
        }
        catch (Exception cause) when (RecordException.IsFileError(cause))
        {
            throw RecordException.From(folder, "reading the run", cause);
        }
    }

    /// <summary>Whether a run ended: its last step is recorded, and the ledger with the final predictions is there.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="metrics">Its metrics.</param>
    /// <param name="options">Its options.</param>
    public static bool HasEnded(string folder, MetricTable metrics, IReadOnlyDictionary<string, string> options) =>
        File.Exists(Path.Combine(folder, RunFolder.SamplesFile)) && StepOf(metrics).ToString(CultureInfo.InvariantCulture) == options.GetValueOrDefault("iters");

    private static long StepOf(MetricTable metrics) => metrics.Rows.Count == 0 ? 0 : (long)metrics.Rows.Max(row => row[0]);

    private static int CountClasses(IEnumerable<SampleRecord> samples)
    {
        var most = 0;
        foreach (var sample in samples)
            most = Math.Max(most, Math.Max(sample.GivenLabel, Math.Max(sample.TrueLabel ?? 0, sample.PredictedLabel ?? 0)));
        return Math.Min(most + 1, MaxClasses);
    }

    /// <summary>The ledger of a run that ended, otherwise its latest checkpoint's, otherwise an empty one.</summary>
    private static IEnumerable<SampleRecord> Samples(string folder, bool finished)
    {
        if (finished)
            return SampleTable.Read(Path.Combine(folder, RunFolder.SamplesFile));
        var checkpoints = new CheckpointStore(folder);
        if (!checkpoints.Has(CheckpointStore.Last))
            return [];
        using var checkpoint = checkpoints.Open(CheckpointStore.Last, out _);
        return SampleLedger.From(checkpoint);
    }
}
