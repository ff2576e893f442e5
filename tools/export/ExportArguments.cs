using CommandLine;

namespace CudaNoisy.Export;

internal sealed class ExportArguments
{
    [Value(0, MetaName = "CHECKPOINT", Required = true, HelpText = "PyTorch checkpoint: .pth, .pt, .th or .pth.tar, zip or legacy format.")]
    public string Checkpoint { get; set; } = "";

    [Option('o', "output", HelpText = "ONNX file; default: the checkpoint's name with .onnx.")]
    public string? Output { get; set; }

    [Option("arch", Default = "auto", HelpText = "auto, resnet18, 20, 32, 34, 44, 50, 56 or resnet_2b.")]
    public string Architecture { get; set; } = "";

    [Option("what", Default = "auto", HelpText = "encoder, classifier or auto: a classifier where the checkpoint has its layer.")]
    public string What { get; set; } = "";

    [Option("input_size", Default = 0, HelpText = "Height and width of the images; 0 for 32 with a 3x3 stem, 224 with a 7x7 one.")]
    public int InputSize { get; set; }

    [Option("cifar_head", Default = "auto", HelpText = "true: 3x3 stride-1 stem without max-pooling; false: 7x7 and max-pooling; auto: by the filter.")]
    public string CifarHead { get; set; } = "";

    [Option("prefix", HelpText = "What stands in front of conv1.weight; default: found in the keys.")]
    public string? Prefix { get; set; }

    [Option("normalization", Default = "none", HelpText = "What the network was trained on: none ([0,1]), imagenet, or M,M,M/S,S,S.")]
    public string Normalization { get; set; } = "";

    [Option("class_names", HelpText = "Class names: a comma-separated list, or a file with one a line.")]
    public string? ClassNames { get; set; }

    [Option("allow_missing", HelpText = "Fill missing keys with their initial values.")]
    public bool AllowMissing { get; set; }

    [Option("allow_unexpected", HelpText = "Drop keys that the architecture does not have.")]
    public bool AllowUnexpected { get; set; }

    [Option("list", HelpText = "Only list the checkpoint's tensors and the architecture found.")]
    public bool List { get; set; }
}
