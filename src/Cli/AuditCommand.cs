using System.Diagnostics;
using CudaNoisy.Runtime;
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
        Prepare(options.Out);
        var result = Audit.Run(options, line => Console.Error.WriteLine(FormattableString.Invariant($"{clock.Elapsed.TotalSeconds,6:F1} s  {line}")), cancel);
        IssueTable.Write(Path.Combine(options.Out, TableFile), result);
        IssueJson.Write(Path.Combine(options.Out, JsonFile), result);
        AuditPage.Write(Path.Combine(options.Out, PageFile), result, options.Gallery);
        foreach (var line in AuditSummary.Lines(result))
            Console.Out.WriteLine(line);
        Console.Error.WriteLine(FormattableString.Invariant($"{clock.Elapsed.TotalSeconds,6:F1} s  {Path.Combine(options.Out, TableFile)}, {JsonFile}, {PageFile}"));
        return 0;
    }

    /// <summary>A folder that cannot be written is bad input here: nothing has been done yet.</summary>
    private static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"--out {folder}: a folder that can be written expected: {e.Message.Split('\n')[0]}", e);
        }
    }
}
