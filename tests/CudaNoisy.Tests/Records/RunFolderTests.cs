using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Records;

/// <summary>A run's folder: held by one, never overwritten unasked, its records cut back to a checkpoint.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly string _logs = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_logs, recursive: true);

    [Fact]
    public void RecordsAreCutBackToTheCheckpointAlsoThoseNotOpenedSince()
    {
        using (var run = Create())
        {
            run.Log("often").WriteLine("1");
            run.Log("seldom").WriteLine("1");
            run.Checkpoints.Save(CheckpointStore.Last, run.SavePositions);
            run.Log("often").WriteLine("lost");
            run.Log("seldom").WriteLine("lost");
        }

        using (var run = Rewound())
        {
            run.Log("often").WriteLine("2");
            run.Checkpoints.Save(CheckpointStore.Last, run.SavePositions);
        }

        using (var run = Rewound())
        {
            run.Log("often").WriteLine("3");
            run.Log("seldom").WriteLine("3");
        }

        Assert.Equal("1\n2\n3\n", File.ReadAllText(Path.Combine(_logs, "run", "often")));
        Assert.Equal("1\n3\n", File.ReadAllText(Path.Combine(_logs, "run", "seldom")));
    }

    /// <summary>Killed between the folder and its configuration: there is no run to go on with, so a new one begins.</summary>
    [Fact]
    public void AFolderWithAPartOfAConfigurationIsANewRuns()
    {
        using (RunFolder.Create(_logs, "run", overwrite: false))
        {
        }

        var part = Path.Combine(_logs, "run", RunFolder.ConfigFile + ".tmp");
        File.WriteAllText(part, "problem:");
        using var run = Create();
        Assert.False(File.Exists(part));
        Assert.True(File.Exists(run.PathOf(RunFolder.ConfigFile)));
    }

    [Fact]
    public void ARecordThatIsShorterThanTheCheckpointSaysIsNamed()
    {
        using (var run = Create())
        {
            run.Log("metrics.csv").WriteLine("step");
            run.Checkpoints.Save(CheckpointStore.Last, run.SavePositions);
        }

        File.WriteAllText(Path.Combine(_logs, "run", "metrics.csv"), "s");
        using var folder = RunFolder.Open(Path.Combine(_logs, "run"));
        using var checkpoint = folder.Checkpoints.Open(CheckpointStore.Last, out _);
        Assert.Contains("5 bytes expected, 1 found", Assert.Single(folder.Rewind(checkpoint)), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunIsHeldByOneAndOverwrittenOnlyWhenAsked()
    {
        using (Create())
            Assert.Throws<RecordException>(() => RunFolder.Open(Path.Combine(_logs, "run")));
        Assert.Contains("--overwrite", Assert.Throws<InputException>(() => RunFolder.Create(_logs, "run", overwrite: false)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_logs, "run", "old"), "");
        using var again = RunFolder.Create(_logs, "run", overwrite: true);
        Assert.False(File.Exists(again.PathOf("old")));
        Directory.CreateDirectory(Path.Combine(_logs, "photos"));
        File.WriteAllText(Path.Combine(_logs, "photos", "me.jpg"), "");
        Assert.Throws<InputException>(() => RunFolder.Create(_logs, "photos", overwrite: true));
        Assert.True(File.Exists(Path.Combine(_logs, "photos", "me.jpg")));
    }

    [Fact]
    public void HalfWrittenFilesOfAKilledProcessAreRemoved()
    {
        Create().Dispose();
        File.WriteAllText(Path.Combine(_logs, "run", "last.ckpt.tmp"), "half");
        using var run = RunFolder.Open(Path.Combine(_logs, "run"));
        Assert.False(File.Exists(run.PathOf("last.ckpt.tmp")));
    }

    [Fact]
    public void TheBestIsByValidationAndTheFirstOfEquals()
    {
        var selection = new Selection();
        Assert.Equal([true, true, false, false], new[] { (0.5, 0.1), (0.7, 0.2), (0.7, 0.3), (0.6, 0.9) }.Select((a, i) => selection.Add(i, a.Item1, a.Item2)));
        Assert.Equal(new RunResult(0.9, 0.2, 0.9, 1, "f"), selection.Result("f"));
        var without = new Selection();
        Assert.Equal([true, true], new[] { 0.4, 0.3 }.Select((a, i) => without.Add(i, null, a)));
        Assert.Equal(new RunResult(0.3, 0.3, 0.4, 1, "f"), without.Result("f"));
    }

    [Fact]
    public void UnknownTruthIsNeitherKeptNorChanged()
    {
        var values = new KeptAndChanged();
        values.Add([0, 1, 2], [1f, 2f, 3f], given: [5, 5, 5], truth: [5, 6, -1]);
        Assert.Equal((1.0, 2.0), (values.MeanKept, values.MeanChanged));
        Assert.Equal([3f], values.Unknown);
        var summary = new LedgerSummary([new SampleRecord("a", 0, null, 1, 0.9f, 1, 1, 0, 1), new SampleRecord("b", 1, 0, 1, 0.8f, 1, 1, 2, 1)], classes: 2);
        Assert.Equal((2, 1, 1), (summary.Count, summary.Known, summary.Changed));
        Assert.Equal(["a"], summary.MostSuspicious.Select(s => s.Id));
        Assert.Equal((1, 0, 1), (summary.Classes[0].Changed, summary.Classes[0].ChangedRight, summary.Classes[0].ChangedLearnt));
    }

    private RunFolder Create()
    {
        var run = RunFolder.Create(_logs, "run", overwrite: false);
        run.WriteConfig("seed: 1\n");
        return run;
    }

    private RunFolder Rewound()
    {
        var run = RunFolder.Open(Path.Combine(_logs, "run"));
        using var checkpoint = run.Checkpoints.Open(CheckpointStore.Last, out _);
        Assert.Empty(run.Rewind(checkpoint));
        return run;
    }
}
