using CommandLine;

namespace CudaNoisy.Cli;

[Verb("extract", HelpText = "Write an ONNX encoder's features of a data set to .npy; goes on where it was stopped.")]
internal sealed class ExtractArguments : ImageArguments
{
    [Value(0, MetaName = "ENCODER", Required = true, HelpText = "ONNX file; any that ONNX Runtime runs.")]
    public string Encoder { get; set; } = "";

    [Option('o', "output", Required = true, HelpText = "The .npy file: one row of float32 an image, in the data set's order.")]
    public string Output { get; set; } = "";

    [Option("labels", HelpText = "Also write the labels, int32, to this .npy file.")]
    public string? Labels { get; set; }

    [Option("encoder_output", Default = "", HelpText = "The output's name; default: the first that gives one vector an image.")]
    public string EncoderOutput { get; set; } = "";

    [Option("encoder_pool", Default = "cls", HelpText = "Of outputs with a vector a token: cls (the first) or mean.")]
    public string EncoderPool { get; set; } = "";
}
