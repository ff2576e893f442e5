using CommandLine;

namespace CudaNoisy.Cli;

[Verb("predict", HelpText = "Classify pictures, or a data set, with an ONNX classifier.")]
internal sealed class PredictArguments : ImageArguments
{
    [Value(0, MetaName = "MODEL", Required = true, HelpText = "ONNX classifier, such as a run's model.onnx.")]
    public string Model { get; set; } = "";

    [Value(1, MetaName = "IMAGES", HelpText = "Pictures, and folders of pictures; none: the data set of --data.")]
    public IEnumerable<string> Images { get; set; } = [];

    [Option("top", Default = 3, HelpText = "Classes an image.")]
    public int Top { get; set; }

    [Option("format", Default = "table", HelpText = "table, csv or json.")]
    public string Format { get; set; } = "";

    [Option('o', "output", HelpText = "File; default: standard output.")]
    public string? Output { get; set; }

    [Option("class_names", HelpText = "Class names where the file has none: a comma-separated list, or a file with one a line.")]
    public string? ClassNames { get; set; }
}
