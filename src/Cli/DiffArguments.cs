using CommandLine;

namespace CudaNoisy.Cli;

[Verb("diff", HelpText = "Say what changed from one run to another: settings, accuracy, labels, predictions.")]
internal sealed class DiffArguments
{
    [Value(0, MetaName = "BEFORE", Required = true, HelpText = "The first run's folder.")]
    public string Before { get; set; } = "";

    [Value(1, MetaName = "AFTER", Required = true, HelpText = "The second run's folder.")]
    public string After { get; set; } = "";
}
