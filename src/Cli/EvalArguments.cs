using CommandLine;

namespace CudaNoisy.Cli;

[Verb("eval", HelpText = "Accuracy, confusion and calibration of an ONNX classifier on a labelled data set.")]
internal sealed class EvalArguments : ImageArguments
{
    [Value(0, MetaName = "MODEL", Required = true, HelpText = "ONNX classifier, such as a run's model.onnx.")]
    public string Model { get; set; } = "";

    [Option("format", Default = "table", HelpText = "table, csv (a row a class) or json.")]
    public string Format { get; set; } = "";

    [Option('o', "output", HelpText = "File; default: standard output.")]
    public string? Output { get; set; }

    [Option("class_names", HelpText = "Class names where the file has none: a comma-separated list, or a file with one a line.")]
    public string? ClassNames { get; set; }
}
