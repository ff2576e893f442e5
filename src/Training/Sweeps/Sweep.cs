using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Runs a grid of runs, some at a time. A run that has ended is not run again, one that was stopped or killed goes on from its last checkpoint.</summary>
public sealed class Sweep
{
    private readonly SweepPlan _plan;
    private readonly Func<SweepRun, RunFolder, IRunObserver> _observe;
    private readonly Action<string> _say;
    private readonly Lock _talking = new();
    private int _ended;

    private Sweep(SweepPlan plan, Func<SweepRun, RunFolder, IRunObserver> observe, Action<string> say)
    {
        _plan = plan;
        _observe = observe;
        _say = say;
    }

    /// <summary>Runs what has not ended yet.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="observe">Makes what hears of a run; several may be heard at a time.</param>
    /// <param name="say">Hears a line whenever a run ends; never two at a time.</param>
    /// <param name="cancel">Stops all runs, each with a checkpoint.</param>
    /// <returns>Every run's accuracies, in the plan's order; none for a run whose loss became infinite.</returns>
    /// <exception cref="InputException">A file that a run reads is not as it should be, or an earlier run of that name has other settings.</exception>
    /// <exception cref="RecordException">The disk is full or a folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The sweep was stopped.</exception>
    public static IReadOnlyList<SweepResult> Run(SweepPlan plan, Func<SweepRun, RunFolder, IRunObserver> observe, Action<string> say, CancellationToken cancel)
    {
        new Sweep(plan, observe, say).Run(cancel);
        return Results(plan);
    }

    /// <summary>What the runs' folders say.</summary>
    /// <param name="plan">The sweep.</param>
    /// <exception cref="InputException">A record is damaged, or an earlier run of that name has other settings.</exception>
    public static IReadOnlyList<SweepResult> Results(SweepPlan plan) => [.. plan.Runs.Select(run => new SweepResult(run, SweepRecord.Read(run)))];

    private void Run(CancellationToken cancel)
    {
        var waiting = Results(_plan).Where(r => r.Accuracies is null).Select(r => r.Run).ToArray();
        _ended = _plan.Runs.Count - waiting.Length;
        Say($"{_plan.Runs.Count} runs, {_ended} of them ended before; {_plan.Jobs} at a time");

        // One run's trouble stops the others too, each with a checkpoint.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ExceptionDispatchInfo? trouble = null;
        var next = -1;
        var workers = Enumerable.Range(0, Math.Min(_plan.Jobs, waiting.Length)).Select(_ => new Thread(Work)).ToArray();
        foreach (var worker in workers)
            worker.Start();
        foreach (var worker in workers)
            worker.Join();
        trouble?.Throw();

        void Work()
        {
            try
            {
                while (Interlocked.Increment(ref next) is var at && at < waiting.Length)
                {
                    stop.Token.ThrowIfCancellationRequested();
                    Run(waiting[at], stop.Token);
                }
            }
            catch (Exception e)
            {
                var first = ExceptionDispatchInfo.Capture(e);
                Interlocked.CompareExchange(ref trouble, first, null);
                stop.Cancel();
            }
        }
    }

    private void Run(SweepRun run, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var inputs = TrainingInputs.Load(run.Options, Say, cancel);
        using var folder = Open(run);
        try
        {
            using var training = TrainingRun.Open(inputs, folder, _observe(run, folder));
            var result = training.Run(cancel);
            Ended(run, string.Create(CultureInfo.InvariantCulture, $"{_plan.AccuracyOf(result):P2} after {clock.Elapsed.TotalSeconds:F0} s"));
        }
        catch (TrainingException e)
        {
            Ended(run, e.Message);
        }
    }

    private static RunFolder Open(SweepRun run)
    {
        if (File.Exists(Path.Combine(run.Folder, RunFolder.ConfigFile)))
            return RunFolder.Open(run.Folder);
        var folder = RunFolder.Create(run.Options.Logs, run.Options.Name, overwrite: false);
        folder.WriteConfig(run.Options.Yaml);
        return folder;
    }

    private void Ended(SweepRun run, string how)
    {
        lock (_talking)
            Say($"[{++_ended}/{_plan.Runs.Count}] {run.Title}: {how}");
    }

    private void Say(string line)
    {
        lock (_talking)
            _say(line);
    }
}
