using CommandLine;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>The options that decide which images and labels are read: of every command that does.</summary>
internal abstract class RunArguments
{
    /// <summary>The parser wants long names of two letters; <see cref="Rename"/> makes --q this one.</summary>
    protected const string ExponentName = "gce_q";

    /// <summary>The parser drops empty values; this stands for one.</summary>
    private const string Empty = "<empty>";

    [Option("config", HelpText = "YAML file of options.")]
    public string? Config { get; set; }

    [Option("data", HelpText = "Data set: cifar10, cifar100, clothing1m, fashion-mnist, fashion-mnist-sample, imagenet32, folder or manifest.")]
    public string? Data { get; set; }

    [Option("data_root", HelpText = "Folder or file of the data set; default: DATA_ROOT.")]
    public string? DataRoot { get; set; }

    [Option("image_size", HelpText = "Side in pixels to which picture files are resized.")]
    public string? ImageSize { get; set; }

    [Option("transform", HelpText = "How picture files are cut: fit, simclr or imagenet.")]
    public string? Transform { get; set; }

    [Option("scale_lower", HelpText = "Smallest part of a picture's area that the simclr transform shows.")]
    public string? ScaleLower { get; set; }

    [Option("workers", HelpText = "Threads that read and decode images.")]
    public string? Workers { get; set; }

    [Option("unreadable", HelpText = "Pictures that cannot be read: fail, or skip (count them and leave them out).")]
    public string? Unreadable { get; set; }

    [Option("image_cache", HelpText = "MiB of decoded pictures kept in memory; a part of the data set that takes more is decoded every pass.")]
    public string? ImageCache { get; set; }

    [Option("epoch_images", HelpText = "Images a pass, class-balanced and drawn anew every pass; 0 for all.")]
    public string? EpochImages { get; set; }

    [Option("noisy_labels", HelpText = "File of given labels: .pt (CIFAR-N), .npy, .npz, .u8, .csv or .tsv.")]
    public string? NoisyLabels { get; set; }

    [Option("noisy_key", HelpText = "Which array or column of it: worse_label, for instance.")]
    public string? NoisyKey { get; set; }

    [Option("val_size", HelpText = "Images set aside, clean, for validation and as the meta set.")]
    public string? ValSize { get; set; }

    [Option("corruption_type", HelpText = "Label noise: unif, flip, flip2 or asym.")]
    public string? CorruptionType { get; set; }

    [Option("corruption_prob", HelpText = "Share of training labels to corrupt.")]
    public string? CorruptionProb { get; set; }

    [Option("encoder_type", HelpText = "simclr (input in [0,1]) or imagenet (standardised input).")]
    public string? EncoderType { get; set; }

    [Option("seed", HelpText = "Seed of everything random.")]
    public string? Seed { get; set; }

    /// <summary>The arguments as the parser wants them.</summary>
    public static IEnumerable<string> Rename(IEnumerable<string> args) => args
        .Select(a => a == "--q" ? "--" + ExponentName : a.StartsWith("--q=", StringComparison.Ordinal) ? "--" + ExponentName + a[3..] : a)
        .Select(a => a.Length == 0 ? Empty : a.StartsWith("--", StringComparison.Ordinal) && a.EndsWith('=') ? a + Empty : a);

    /// <summary>The settings of the file given by --config, overridden by the options given, by name.</summary>
    public Dictionary<string, string> Settings()
    {
        var settings = Config is null ? [] : YamlSettings.Read(Config);
        foreach (var (name, value) in Given())
            settings[name] = value;
        return settings;
    }

    /// <summary>Options of a command that are no settings of a run.</summary>
    protected abstract IReadOnlyCollection<string> Own { get; }

    /// <summary>The options given, by name.</summary>
    protected virtual Dictionary<string, string> Given()
    {
        var given = new Dictionary<string, string>();
        foreach (var property in GetType().GetProperties())
        {
            if (Attribute.GetCustomAttribute(property, typeof(OptionAttribute)) is not OptionAttribute { LongName: var name } || name == "config" || Own.Contains(name))
                continue;
            if (property.GetValue(this) is { } value and not false)
                given[name == ExponentName ? "q" : name] = value is true ? "true" : (string)value == Empty ? "" : (string)value;
        }

        return given;
    }
}
