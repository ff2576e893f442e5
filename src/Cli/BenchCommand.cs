using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Inference;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>bench.</summary>
internal static class BenchCommand
{
    public static int Run(BenchArguments a)
    {
        if (a.What is not ("step" or "forward" or "extract" or "images"))
            throw new InputException($"bench: step, forward, extract or images expected, '{a.What}' came");
        if (a.Method is not ("sgd" or "mwnet" or "mwnet-recompute" or TrainOptions.Simclr))
            throw SettingsReader.Error("method", "sgd, mwnet, mwnet-recompute or simclr", a.Method);
        if (a.Batch < 2 || a.Steps < 1 || a.Warmup < 0 || a.Threads < 0)
            throw new InputException($"bench: --batch of at least 2, --steps of at least 1, --warmup and --threads of at least 0 expected, {a.Batch}, {a.Steps}, {a.Warmup} and {a.Threads} came");
        if (a.Precision is not ("tf32" or "fp32"))
            throw SettingsReader.Error("precision", "fp32 or tf32", a.Precision);
        if (a.What == "extract")
            return Extract(a);
        using var device = DeviceFactory.Open(a.Device, a.Threads, a.Precision == "tf32" ? Precision.Tf32 : Precision.Fp32);
        Console.Out.WriteLine(a.What switch
        {
            "step" when a.Method == TrainOptions.Simclr => StepBenchmark.RunContrastive(device, a.Arch, a.Batch, a.Threads, a.Steps, a.Warmup),
            "step" => StepBenchmark.Run(device, a.Arch, a.Method, a.Batch, a.Threads, a.Steps, a.Warmup),
            "forward" => ForwardBenchmark.Run(device, a.Arch, a.Batch, a.Threads, a.Steps, a.Warmup),
            _ => Images(device, a),
        });
        return 0;
    }

    private static int Extract(BenchArguments a)
    {
        var runtime = new OnnxRuntimeOptions { Threads = a.Threads, Device = a.Device.StartsWith("cuda", StringComparison.Ordinal) ? "cuda" : "cpu" };
        using var model = OnnxRuntimeModel.Open(ModelFactory.EncoderPath(a.Encoder, "--encoder"), runtime, Console.Error.WriteLine);
        var options = DataOptions.From(new SettingsReader(new Dictionary<string, string>()), "simclr");
        Console.Out.WriteLine(FeatureBenchmark.Run(model, DataSets.Load(options).Test, a.Batch, options.Workers, a.Warmup, a.Steps));
        return 0;
    }

    private static string Images(Device device, BenchArguments a)
    {
        var options = DataOptions.From(new SettingsReader(new Dictionary<string, string>
        {
            ["data"] = "folder",
            ["data_root"] = a.DataRoot ?? "",
            ["image_size"] = a.ImageSize,
            ["transform"] = a.Transform,
            ["workers"] = a.Workers,
            ["image_cache"] = "0",
        }), encoderType: "simclr");
        return ImageBenchmark.Run(device, DataSets.Load(options), options, a.Batch);
    }
}
