using CommandLine;

namespace CudaNoisy.Cli;

[Verb("report", HelpText = "Write a run's report.html anew from its records; the run may have ended, been killed, or go on.")]
internal sealed class ReportArguments
{
    [Value(0, MetaName = "RUN", Required = true, HelpText = "The run's folder.")]
    public string Run { get; set; } = "";
}
