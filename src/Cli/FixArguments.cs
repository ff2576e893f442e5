using CommandLine;

namespace CudaNoisy.Cli;

[Verb("fix", HelpText = "Write the labels of an audit with its corrections, as a table for train --noisy_labels.")]
internal sealed class FixArguments
{
    [Option("issues", Required = true, HelpText = "The audit's issues.csv.")]
    public string Issues { get; set; } = "";

    [Option("accept", HelpText = "decisions.json, saved by the audit's page.")]
    public string? Accept { get; set; }

    [Option("top", HelpText = "Correct so many samples, the most likely wrong first.")]
    public int? Top { get; set; }

    [Option("min-p", HelpText = "Correct the samples that are wrong with at least this probability.")]
    public double? MinP { get; set; }

    [Option("action", Default = "relabel", HelpText = "What --top and --min-p do: relabel or drop.")]
    public string Action { get; set; } = "";

    [Option("out", Required = true, HelpText = "The table to write.")]
    public string Out { get; set; } = "";
}
