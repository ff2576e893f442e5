using System.Globalization;
using CudaNoisy.Training;
using Spectre.Console;

namespace CudaNoisy.Cli;

/// <summary>Shows a run: talk and a progress bar on stderr, a line an evaluation on stdout, both also in console.log.</summary>
internal sealed class ConsoleObserver(RunFolder folder) : IRunObserver
{
    private readonly IAnsiConsole _talk = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private bool _hasHeader;
    private ProgressTask? _task;

    public IAnsiConsole Talk => _talk;

    /// <summary>Where the bar goes; null where stderr is not a terminal.</summary>
    public ProgressContext? Bar { get; set; }

    public void Say(string line)
    {
        folder.Log(RunFolder.ConsoleFile).WriteLine(line);
        if (Bar is null)
            Console.Error.WriteLine(line);
        else
            _talk.MarkupLineInterpolated($"{line}");
    }

    public void Progress(long step, long total, double loss)
    {
        if (Bar is null)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}/{total}, loss {loss:F4}"));
            return;
        }

        _task ??= Bar.AddTask("training", maxValue: total);
        _task.Value = step;
        _task.Description = string.Create(CultureInfo.InvariantCulture, $"step {step}/{total}, loss {loss:F4}");
    }

    public void Evaluated(EvaluationRow row)
    {
        if (!_hasHeader)
            Print(EvaluationLine.Header(row));
        _hasHeader = true;
        Print(EvaluationLine.Of(row));
    }

    public void Print(string line)
    {
        folder.Log(RunFolder.ConsoleFile).WriteLine(line);
        Console.Out.WriteLine(line);
    }
}
