using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>export.</summary>
internal static class ExportCommand
{
    public static int Run(ExportArguments a)
    {
        if (a.What is not ("classifier" or "encoder"))
            throw SettingsReader.Error("what", "classifier or encoder", a.What);
        var bytes = a.What == "encoder" ? TrainedModel.Encoder(a.Run, a.Checkpoint) : TrainedModel.Classifier(a.Run, a.Checkpoint);
        var output = a.Output ?? Path.Combine(a.Run, a.What + ".onnx");
        AtomicFile.Write(output, stream => stream.Write(bytes));
        Console.Out.WriteLine(output);
        return 0;
    }
}
