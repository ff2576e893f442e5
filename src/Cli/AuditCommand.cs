using System.Diagnostics;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>audit.</summary>
internal static class AuditCommand
{
    private const string TableFile = "issues.csv";
    private const string JsonFile = "issues.json";
    private const string PageFile = "audit.html";

    public static int Run(AuditArguments arguments, CancellationToken cancel)
    {
        var options = AuditOptions.From(arguments.Settings());
        var clock = Stopwatch.StartNew();
        OutputFolder.Create("--out", options.Out);
        var result = Audit.Run(options, line => Console.Error.WriteLine(FormattableString.Invariant($"{clock.Elapsed.TotalSeconds,6:F1} s  {line}")), cancel);
        IssueTable.Write(Path.Combine(options.Out, TableFile), result);
        IssueJson.Write(Path.Combine(options.Out, JsonFile), result);
        AuditPage.Write(Path.Combine(options.Out, PageFile), result, options.Gallery);
        foreach (var line in AuditSummary.Lines(result))
            Console.Out.WriteLine(line);
        Console.Error.WriteLine(FormattableString.Invariant($"{clock.Elapsed.TotalSeconds,6:F1} s  {Path.Combine(options.Out, TableFile)}, {JsonFile}, {PageFile}"));
        return 0;
    }
}
