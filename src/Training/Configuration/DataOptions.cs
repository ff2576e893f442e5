namespace CudaNoisy.Training;

/// <summary>Which images are read, and how, validated.</summary>
public sealed record DataOptions
{
    private const int Clothing1MSize = 224;
    private const int Clothing1MPass = 64 * 2000;
    private const int MostWorkers = 256;

    /// <summary>Data set, see <see cref="DataSets"/>.</summary>
    public required string Set { get; init; }

    /// <summary>Its folder or file; empty takes <c>DATA_ROOT</c>.</summary>
    public required string Root { get; init; }

    /// <summary>Side to which picture files are resized, in pixels; 0 where it was not given.</summary>
    public required int ImageSize { get; init; }

    /// <summary>How picture files are cut and resized, see <see cref="TransformRegistry"/>.</summary>
    public required string Transform { get; init; }

    /// <summary>The smallest part of a picture's area that the <c>simclr</c> transform shows.</summary>
    public required double ScaleLower { get; init; }

    /// <summary>Threads that read and decode.</summary>
    public required int Workers { get; init; }

    /// <summary>Whether pictures that cannot be read are left out; otherwise the first one is an error.</summary>
    public required bool SkipUnreadable { get; init; }

    /// <summary>Picture files are decoded once and kept when a part of the data set takes at most so many MiB; larger parts are decoded every pass.</summary>
    public required int CacheMiB { get; init; }

    /// <summary>Images a pass, class-balanced and drawn anew every pass; 0 for all.</summary>
    public required int EpochImages { get; init; }

    /// <summary>File of given labels that replace the data set's; empty for none.</summary>
    public required string NoisyLabels { get; init; }

    /// <summary>Which array or column of that file; empty where it holds one.</summary>
    public required string NoisyKey { get; init; }

    /// <summary>Validates settings.</summary>
    /// <param name="s">The settings.</param>
    /// <param name="encoderType">Clothing1M's transform follows it, as the reference's does.</param>
    /// <exception cref="Runtime.InputException">A value is wrong.</exception>
    public static DataOptions From(SettingsReader s, string encoderType)
    {
        var set = s.OneOf("data", "fashion-mnist-sample", DataSets.Names);
        var clothing = set == DataSets.Clothing1M;
        return new DataOptions
        {
            Set = set,
            Root = s.Text("data_root", ""),
            ImageSize = s.Whole("image_size", clothing ? Clothing1MSize : 0, 0, 1 << 12),
            Transform = s.OneOf("transform", clothing ? encoderType : "fit", TransformRegistry.Names),
            ScaleLower = s.Number("scale_lower", 0.08, 0, 1, above: true),
            Workers = s.Whole("workers", 2, 1, MostWorkers),
            SkipUnreadable = s.OneOf("unreadable", "fail", ["fail", "skip"]) == "skip",
            CacheMiB = s.Whole("image_cache", 512, 0),
            EpochImages = s.Whole("epoch_images", clothing ? Clothing1MPass : 0, 0),
            NoisyLabels = s.Text("noisy_labels", ""),
            NoisyKey = s.Text("noisy_key", ""),
        };
    }
}
