using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Collects labelled picture files and makes a data set of them.</summary>
/// <param name="name">The data set, for messages.</param>
/// <param name="root">The folder that paths start from.</param>
/// <param name="options">How pictures are read.</param>
internal sealed class FileSetBuilder(string name, string root, DataOptions options)
{
    private readonly FileList _train = new();
    private readonly FileList _test = new();
    private readonly List<string> _notes = [];

    /// <summary>Adds a file.</summary>
    /// <param name="part">Its part.</param>
    /// <param name="path">Its path, from the root.</param>
    /// <param name="given">Its label.</param>
    /// <param name="truth">Its true label, -1 where unknown.</param>
    public void Add(DataPart part, string path, int given, int truth) => (part == DataPart.Test ? _test : _train).Add(path, given, truth, part == DataPart.Validation);

    /// <summary>Makes the data set; reads the pictures where they are kept in memory, or where unreadable ones are left out.</summary>
    /// <exception cref="InputException">There is no training image, the size is not known, or a picture is unreadable.</exception>
    public LoadedData Build(IReadOnlyList<string> classNames)
    {
        if (options.ImageSize == 0)
            throw new InputException($"--image_size: the side in pixels to which the pictures of {name} are resized expected (32 or 224, say), nothing came");
        var transform = TransformRegistry.Create(options.Transform, options.ImageSize, options.ScaleLower);
        var (trainPixels, train) = Read(_train, transform, "training");
        var (testPixels, test) = Read(_test, transform, "test");
        if (train.Count == 0)
            throw new InputException($"{root}: training images expected, none came");
        var hasSplit = train.Validates.Contains(true);
        return new LoadedData(
            new ImageSet($"{name} training images", trainPixels, [.. train.Truth], classNames, train.Paths),
            new ImageSet($"{name} test images", testPixels, [.. test.Truth.Zip(test.Given, (t, g) => t < 0 ? g : t)], classNames, test.Paths))
        {
            Split = hasSplit ? new DataSplit(train.Where(validates: false), train.Where(validates: true)) : null,
            Given = train.Given.SequenceEqual(train.Truth) ? null : [.. train.Given],
            Notes = _notes,
        };
    }

    private (PixelSource Pixels, FileList Files) Read(FileList files, ImageTransform transform, string part)
    {
        var keep = !transform.IsRandom && (long)files.Count * transform.Size * transform.Size * ImageDecoder.Channels <= (long)options.CacheMiB << 20;
        var pixels = new FilePixels(root, files.Paths, transform);
        if (!keep && !options.SkipUnreadable)
            return (pixels, files);
        var pass = ReadingPass.Run(pixels, keep, options);
        if (pass.Unreadable.Count == 0)
            return (keep ? pass.Kept : pixels, files);
        _notes.Add($"{pass.Unreadable.Count} of {files.Count} {part} pictures cannot be read and are left out; the first: {pass.Unreadable.Values[0].Message}");
        var readable = files.Without(pass.Unreadable.Keys);
        return (keep ? pass.Kept : new FilePixels(root, readable.Paths, transform), readable);
    }
}
