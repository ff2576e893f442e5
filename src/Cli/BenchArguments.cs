using CommandLine;

namespace CudaNoisy.Cli;

[Verb("bench", HelpText = "Time training steps, evaluation forward passes beside ONNX Runtime's, feature extraction beside its bare loop, or the loading of picture files; one line of JSON.")]
internal sealed class BenchArguments
{
    [Value(0, MetaName = "WHAT", HelpText = "step, forward, extract or images", Default = "step")]
    public string What { get; set; } = "step";

    [Option("arch", Default = "resnet32", HelpText = "Architecture.")]
    public string Arch { get; set; } = "";

    [Option("method", Default = "sgd", HelpText = "Of a step: sgd, mwnet, mwnet-recompute or simclr.")]
    public string Method { get; set; } = "";

    [Option("batch", Default = 100, HelpText = "Images a step or pass.")]
    public int Batch { get; set; }

    [Option("threads", Default = 0, HelpText = "Host threads, 0 for all.")]
    public int Threads { get; set; }

    [Option("steps", Default = 10, HelpText = "Timed steps or passes.")]
    public int Steps { get; set; }

    [Option("warmup", Default = 3, HelpText = "Steps before them.")]
    public int Warmup { get; set; }

    [Option("encoder", Default = "models/onnx/resnet32-simclr-fashion.onnx", HelpText = "ONNX file of extract; it runs on the sample's test images beside ONNX Runtime's bare loop.")]
    public string Encoder { get; set; } = "";

    [Option("device", Default = "auto", HelpText = "auto, cuda[:n], host or ilgpu-cpu.")]
    public string Device { get; set; } = "";

    [Option("data_root", HelpText = "Of images: a folder per class of picture files.")]
    public string? DataRoot { get; set; }

    [Option("image_size", Default = "224", HelpText = "Of images: side to which they are resized.")]
    public string ImageSize { get; set; } = "";

    [Option("transform", Default = "simclr", HelpText = "Of images: how they are cut, see train --help.")]
    public string Transform { get; set; } = "";

    [Option("workers", Default = "2", HelpText = "Of images: threads that read and decode.")]
    public string Workers { get; set; } = "";

    [Option("precision", Default = "tf32", HelpText = "tf32 (tensor cores) or fp32: how a GPU multiplies inside convolutions.")]
    public string Precision { get; set; } = "";
}
