using CommandLine;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>Options of the commands that read a data set.</summary>
internal abstract class ImageArguments
{
    [Option("data", HelpText = "Data set; train --help lists them.")]
    public string? Data { get; set; }

    [Option("data_root", HelpText = "Folder or file of the data set; default: DATA_ROOT.")]
    public string? DataRoot { get; set; }

    [Option("part", Default = "test", HelpText = "train or test.")]
    public string Part { get; set; } = "";

    [Option("image_size", HelpText = "Side in pixels to which picture files are resized; default: the network's.")]
    public string? ImageSize { get; set; }

    [Option("transform", HelpText = "How picture files are cut: fit, simclr or imagenet.")]
    public string? Transform { get; set; }

    [Option("workers", HelpText = "Threads that read and decode images.")]
    public string? Workers { get; set; }

    [Option("unreadable", HelpText = "Pictures that cannot be read: fail, or skip (count them and leave them out).")]
    public string? Unreadable { get; set; }

    [Option("image_cache", HelpText = "MiB of decoded pictures kept in memory.")]
    public string? ImageCache { get; set; }

    [Option("normalization", Default = "auto", HelpText = "The network's input: none ([0,1]), imagenet, M,M,M/S,S,S, or auto: what the file says.")]
    public string Normalization { get; set; } = "";

    [Option("batch_size", Default = 64, HelpText = "Images at a time.")]
    public int BatchSize { get; set; }

    [Option("device", Default = "auto", HelpText = "auto, cuda or cpu: where ONNX Runtime computes.")]
    public string Device { get; set; } = "";

    [Option("threads", Default = 0, HelpText = "Threads of ONNX Runtime, 0 for all cores.")]
    public int Threads { get; set; }

    /// <summary>The data set's options; pictures get the network's size unless one is given.</summary>
    public DataOptions DataOptions(int networkSize)
    {
        var given = new Dictionary<string, string?>
        {
            ["data"] = Data,
            ["data_root"] = DataRoot,
            ["transform"] = Transform,
            ["workers"] = Workers,
            ["unreadable"] = Unreadable,
            ["image_cache"] = ImageCache,
            ["image_size"] = ImageSize ?? (networkSize > 0 ? FormattableString.Invariant($"{networkSize}") : null),
        };
        return Training.DataOptions.From(new SettingsReader(given.Where(p => p.Value is not null).ToDictionary(p => p.Key, p => p.Value!)), "simclr");
    }

    /// <summary>The part of a data set that was asked for.</summary>
    public ImageSet Choose(LoadedData data) => Part switch
    {
        "train" => data.Train,
        "test" => data.Test.Count > 0 ? data.Test : throw new Runtime.InputException($"--part: train expected, this data set has no test images"),
        _ => throw SettingsReader.Error("part", "train or test", Part),
    };

    /// <summary>Checks what all of these commands share.</summary>
    public void Check()
    {
        if (BatchSize is < 1 or > 1 << 16)
            throw SettingsReader.Error("batch_size", "a whole number from 1 to 65536", FormattableString.Invariant($"{BatchSize}"));
        if (Threads is < 0 or > 1024)
            throw SettingsReader.Error("threads", "a whole number from 0 to 1024", FormattableString.Invariant($"{Threads}"));
    }
}
