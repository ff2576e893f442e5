using CommandLine;

namespace CudaNoisy.Cli;

[Verb("resume", HelpText = "Go on with an interrupted run from its last checkpoint.")]
internal sealed class ResumeArguments
{
    [Value(0, MetaName = "RUN", Required = true, HelpText = "The run's folder.")]
    public string Run { get; set; } = "";
}
