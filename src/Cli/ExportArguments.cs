using CommandLine;

namespace CudaNoisy.Cli;

[Verb("export", HelpText = "Write a run's classifier or encoder as ONNX.")]
internal sealed class ExportArguments
{
    [Value(0, MetaName = "RUN", Required = true, HelpText = "The run's folder.")]
    public string Run { get; set; } = "";

    [Option("what", Default = "classifier", HelpText = "classifier (images in [0,1] to logits) or encoder (to features).")]
    public string What { get; set; } = "";

    [Option('o', "output", HelpText = "ONNX file; default: classifier.onnx or encoder.onnx in the run's folder.")]
    public string? Output { get; set; }

    [Option("checkpoint", HelpText = "best, last or step-N; default: the finished run's model.")]
    public string? Checkpoint { get; set; }
}
