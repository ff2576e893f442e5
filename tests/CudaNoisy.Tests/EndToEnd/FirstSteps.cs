using CudaNoisy.Training;

namespace CudaNoisy.Tests.EndToEnd;

/// <summary>The first steps of a recipe that ships, run as <c>cudanoisy train</c> runs it and then stopped, as with Ctrl+C: schedules are those of the whole recipe.</summary>
public sealed class FirstSteps : IRunObserver, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<double> _losses = [];
    private readonly int _count;

    private FirstSteps(int count) => _count = count;

    /// <summary>The mean loss of each of the first steps.</summary>
    /// <param name="recipe">File name in <c>configs</c>, without ending.</param>
    /// <param name="count">Steps.</param>
    /// <param name="changes">Options other than the recipe's. The losses are read after every step, whatever <c>log_freq</c> says.</param>
    public static IReadOnlyList<double> Losses(string recipe, int count, params IEnumerable<(string Option, string Value)> changes)
    {
        var path = Path.Combine(SharedFiles.Repository, "configs", recipe + ".yaml");
        var logs = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;
        try
        {
            var settings = YamlSettings.Read(path);
            foreach (var (option, value) in changes)
                settings[option] = value;
            (settings["log_freq"], settings["logs"]) = ("1", logs);
            var options = TrainOptions.From(settings, path);
            using var inputs = TrainingInputs.Load(options);
            using var folder = RunFolder.Create(options.Logs, options.Name, overwrite: false);
            folder.WriteConfig(options.Yaml);
            using var observer = new FirstSteps(count);
            using var run = TrainingRun.Open(inputs, folder, observer);
            Assert.Throws<OperationCanceledException>(() => run.Run(observer._stop.Token));
            return observer._losses;
        }
        finally
        {
            Directory.Delete(logs, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Say(string line)
    {
    }

    /// <inheritdoc/>
    public void Progress(long step, long total, double loss)
    {
        _losses.Add(loss);
        if (step == _count)
            _stop.Cancel();
    }

    /// <inheritdoc/>
    public void Evaluated(EvaluationRow row)
    {
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
