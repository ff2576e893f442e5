using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Training;

namespace CudaNoisy.Export;

/// <summary>Converts a checkpoint, or lists it.</summary>
internal static class ExportCommand
{
    public static int Run(ExportArguments arguments)
    {
        if (arguments.List)
            return List(arguments);
        var options = new ConversionOptions
        {
            Architecture = arguments.Architecture == "auto" ? null : arguments.Architecture,
            Classifier = Choice("what", arguments.What, "classifier", "encoder"),
            InputSize = arguments.InputSize >= 0 ? arguments.InputSize : throw new InputException($"--input_size: 0 or more expected, {arguments.InputSize} came"),
            CifarStem = Choice("cifar_head", arguments.CifarHead, "true", "false"),
            Prefix = arguments.Prefix,
            Scale = ModelNotes.ParseScale(arguments.Normalization, "--normalization"),
            ClassNames = arguments.ClassNames is { } names ? ClassNameList.Read(names) : null,
            AllowMissing = arguments.AllowMissing,
            AllowUnexpected = arguments.AllowUnexpected,
        };
        var conversion = CheckpointConverter.Convert(arguments.Checkpoint, options);
        var output = arguments.Output ?? Path.ChangeExtension(arguments.Checkpoint.EndsWith(".pth.tar", StringComparison.Ordinal) ? arguments.Checkpoint[..^4] : arguments.Checkpoint, ".onnx");
        AtomicFile.Write(output, stream => stream.Write(OnnxExporter.ToBytes(conversion.Model, "input", conversion.IsClassifier ? "logits" : "features")));
        Report("dropped", conversion.Dropped);
        Report("missing, filled with initial values", conversion.Missing);
        Report("unexpected, dropped", conversion.Unexpected);
        var model = conversion.Model;
        Console.Error.WriteLine($"{model.Metadata[ModelNotes.Architecture]}, {(conversion.IsClassifier ? "classifier" : "encoder")}, input (N,{model.Input.C},{model.Input.H},{model.Input.W}) {model.Metadata[ModelNotes.InputRange]}, "
            + $"output (N,{model.Output.C}), {model.ParameterCount:N0} parameters");
        Console.Out.WriteLine(output);
        return 0;
    }

    private static int List(ExportArguments arguments)
    {
        var state = StateDictionary.Find(TorchFile.Read(arguments.Checkpoint));
        foreach (var key in state.Keys)
            Console.Out.WriteLine($"{key}\t({string.Join(',', state.Dims(key))})");
        var prefix = arguments.Prefix ?? state.FindPrefix();
        Console.Error.WriteLine($"{(ResNet2b.Matches(state, prefix) ? ResNet2b.Name : ResNetLayout.Guess(state, prefix).Architecture.Name)}, prefix '{prefix}'");
        return 0;
    }

    private static bool? Choice(string option, string value, string yes, string no) => value == "auto" ? null : value == yes ? true : value == no ? false
        : throw new InputException($"--{option}: auto, {yes} or {no} expected, '{value}' came");

    private static void Report(string what, IReadOnlyList<string> keys)
    {
        if (keys.Count > 0)
            Console.Error.WriteLine($"{what}: {string.Join(", ", keys)}");
    }
}
