using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>sweep.</summary>
internal static class SweepCommand
{
    private const int Success = 0;
    private const int Failure = 1;

    public static int Run(SweepArguments a, CancellationToken cancel)
    {
        var plan = SweepPlan.Read(a.File, new SweepOverrides(a.Logs, a.Jobs, a.Device));
        OutputFolder.Create("--logs", plan.Folder);
        var results = a.Table ? Sweep.Results(plan) : Sweep.Run(plan, (run, folder) => new SweepObserver(run, folder, Console.Error.WriteLine), Console.Error.WriteLine, cancel);
        var table = new SweepTable(plan, results);
        table.Write();
        Console.Out.Write(table.Markdown());
        Console.Error.WriteLine($"{Path.Combine(plan.Folder, SweepTable.HtmlFile)}, {SweepTable.MarkdownFile}, {SweepTable.CsvFile}, {SweepTable.RunsFile}");
        if (a.Table || results.All(r => r.Accuracies is not null))
            return Success;
        Console.Error.WriteLine($"{results.Count(r => r.Accuracies is null)} of {results.Count} runs did not end: {results.First(r => r.Accuracies is null).Run.Title}");
        return Failure;
    }
}
