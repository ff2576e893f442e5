using System.Globalization;
using System.Security.Cryptography;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Export;

/// <summary>Makes networks of PyTorch checkpoints: architecture from the keys, batch-norms kept, names kept.</summary>
public static class CheckpointConverter
{
    private const int CifarSize = 32;
    private const int ImageNetSize = 224;
    private const int MaxSize = 4096;

    /// <summary>Names that projection heads of contrastive training have, behind the encoder's prefix or alone.</summary>
    private static readonly string[] Projections = ["projection", "projector", "projection_head", "contrastive_head", "fc.", "head."];

    /// <summary>Converts a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <exception cref="InputException">It is no checkpoint of a known network, or has other keys than expected.</exception>
    public static Conversion Convert(string path, ConversionOptions options) => Convert(TorchFile.ReadBytes(path), path, options);

    /// <summary>Converts a checkpoint in memory.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="path">What errors and metadata call it.</param>
    /// <param name="options">How.</param>
    /// <exception cref="InputException">As with the other form.</exception>
    public static Conversion Convert(ReadOnlyMemory<byte> file, string path, ConversionOptions options)
    {
        var state = StateDictionary.Find(TorchFile.Parse(file, path));
        var prefix = options.Prefix ?? state.FindPrefix();
        var source = new CheckpointParameters(state);
        var (model, isClassifier) = options.Architecture == ResNet2b.Name || (options.Architecture is null && ResNet2b.Matches(state, prefix))
            ? (ResNet2b.Build(state, prefix, source), true)
            : ResNet(state, prefix, source, options);
        var (dropped, unexpected) = Account(source.Unused, prefix, isClassifier);
        if (source.Missing.Count > 0 && !options.AllowMissing)
            throw new InputException($"{state.Place}: {source.Missing.Count} keys of {model.Metadata[ModelNotes.Architecture]} are missing (--allow_missing fills them): {Some(source.Missing)}");
        if (unexpected.Count > 0 && !options.AllowUnexpected)
            throw new InputException($"{state.Place}: {unexpected.Count} keys that {model.Metadata[ModelNotes.Architecture]} does not have (--allow_unexpected drops them): {Some(unexpected)}");
        var conversion = new Conversion(model, isClassifier, dropped, source.Missing, unexpected);
        Describe(conversion, file.Span, path, options);
        return conversion;
    }

    private static (Model Model, bool IsClassifier) ResNet(StateDictionary state, string prefix, CheckpointParameters source, ConversionOptions options)
    {
        var layout = ResNetLayout.Guess(state, prefix);
        var architecture = options.Architecture is null ? layout.Architecture : Architecture.Find(options.Architecture);
        var cifarStem = options.CifarStem ?? layout.CifarStem;
        var size = options.InputSize > 0 ? options.InputSize : cifarStem ? CifarSize : ImageNetSize;
        if (size > MaxSize)
            throw new InputException($"--input_size: 1 to {MaxSize} expected, {size} came");
        var encoder = ResNetBuilder.Build(architecture, size, cifarStem, source, prefix, state.Place, layout.Shortcut);
        var name = ClassifierLayer.Find(state, prefix, architecture.Features);
        if (options.Classifier == true && name is null)
            throw new InputException($"{state.Place}: a linear layer of {architecture.Features} features expected for --what classifier, there is none");
        if (name is null || options.Classifier == false)
            return (encoder, false);
        var builder = new ModelBuilder(encoder);
        return (builder.Build(ClassifierLayer.Add(builder, source, builder.Output, name, state.Dims(name + ".weight")[0])), true);
    }

    private static (List<string> Dropped, List<string> Unexpected) Account(IEnumerable<string> unused, string prefix, bool isClassifier)
    {
        var (dropped, unexpected) = (new List<string>(), new List<string>());
        foreach (var key in unused)
        {
            var name = key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : key;
            var known = Projections.Any(p => name.StartsWith(p, StringComparison.Ordinal))
                || (!isClassifier && (name.StartsWith("linear.", StringComparison.Ordinal) || name.StartsWith("classifier.", StringComparison.Ordinal) || name.StartsWith("linear_layer.", StringComparison.Ordinal)));
            (known ? dropped : unexpected).Add(key);
        }

        return (dropped, unexpected);
    }

    private static void Describe(Conversion conversion, ReadOnlySpan<byte> file, string path, ConversionOptions options)
    {
        var metadata = conversion.Model.Metadata;
        metadata["source_file"] = Path.GetFileName(path);
        metadata["source_sha256"] = System.Convert.ToHexStringLower(SHA256.HashData(file));
        metadata["input_size"] = conversion.Model.Input.H.ToString(CultureInfo.InvariantCulture);
        metadata["dropped_keys"] = string.Join(' ', conversion.Dropped);
        metadata["missing_keys"] = string.Join(' ', conversion.Missing);
        metadata["unexpected_keys"] = string.Join(' ', conversion.Unexpected);
        metadata[ModelNotes.EncoderType] = options.Scale == PixelScale.ImageNet ? "imagenet" : "simclr";
        ModelNotes.SetScale(metadata, options.Scale);
        if (options.ClassNames is not { } names)
            return;
        var classes = conversion.Model.Output.C;
        if (!conversion.IsClassifier || names.Count != classes)
            throw new InputException($"--class_names: {(conversion.IsClassifier ? $"{classes} names" : "none, for an encoder,")} expected, {names.Count} came");
        ModelNotes.SetClassNames(metadata, names);
    }

    private static string Some(IReadOnlyCollection<string> keys) => string.Join(", ", keys.Take(8)) + (keys.Count > 8 ? ", ..." : "");
}
