using CommandLine;

namespace CudaNoisy.Cli;

[Verb("sweep", HelpText = "Run a grid of runs from a YAML file, go on where it stopped, and make one table of them.")]
internal sealed class SweepArguments
{
    [Value(0, MetaName = "FILE", Required = true, HelpText = "The sweep's YAML file.")]
    public string File { get; set; } = "";

    [Option("logs", HelpText = "Folder of all runs; the sweep's is LOGS/NAME.")]
    public string? Logs { get; set; }

    [Option("jobs", HelpText = "Runs at a time; they share the threads.")]
    public string? Jobs { get; set; }

    [Option("device", HelpText = "Device of all runs: auto, cuda[:n], host or ilgpu-cpu.")]
    public string? Device { get; set; }

    [Option("table", HelpText = "Make the table of what has ended; run nothing.")]
    public bool Table { get; set; }
}
