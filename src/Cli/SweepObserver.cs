using System.Diagnostics;
using System.Globalization;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>Hears one run of a sweep: all of it goes to its console.log, and now and then a line to the sweep's talk.</summary>
internal sealed class SweepObserver(SweepRun run, RunFolder folder, Action<string> talk) : IRunObserver
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private bool _hasHeader;

    public void Say(string line) => folder.Log(RunFolder.ConsoleFile).WriteLine(line);

    public void Progress(long step, long total, double loss)
    {
        if (_clock.Elapsed < Pause)
            return;
        _clock.Restart();
        talk(string.Create(CultureInfo.InvariantCulture, $"{run.Title}: step {step}/{total}, loss {loss:F4}"));
    }

    public void Evaluated(EvaluationRow row)
    {
        if (!_hasHeader)
            Say(EvaluationLine.Header(row));
        _hasHeader = true;
        Say(EvaluationLine.Of(row));
    }
}
