using CommandLine;

namespace CudaNoisy.Cli;

[Verb("data", HelpText = "Show what is in a data set: counts by class and part, sizes, changed labels.")]
internal sealed class DataArguments : RunArguments
{
    [Value(0, MetaName = "WHAT", HelpText = "info", Default = "info")]
    public string What { get; set; } = "info";

    [Option("json", HelpText = "JSON instead of a table.")]
    public bool Json { get; set; }

    /// <inheritdoc/>
    protected override IReadOnlyCollection<string> Own => ["json"];
}
