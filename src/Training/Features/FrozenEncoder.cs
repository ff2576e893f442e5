using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Runtime.Inference;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Training;

/// <summary>An encoder that is not trained: ONNX Runtime computes its features once, the head trains on them. They are kept in a folder for the next run.</summary>
public sealed class FrozenEncoder
{
    private const int Batch = 64;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);
    private readonly byte[] _file;
    private readonly string _output;
    private readonly TrainOptions _options;
    private int _rank;

    private FrozenEncoder(string path, OnnxRuntimeModel model, TrainOptions options)
    {
        Path = path;
        _file = File.ReadAllBytes(path);
        _output = model.Output;
        _options = options;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Numbers an image.</summary>
    public int Features { get; private set; }

    /// <summary>Of the training images, (N, features).</summary>
    public float[] Train { get; private set; } = [];

    /// <summary>Of the test images, (N, features).</summary>
    public float[] Test { get; private set; } = [];

    /// <summary>Computes the features, or reads those of an earlier run.</summary>
    /// <param name="options">Options.</param>
    /// <param name="data">The images.</param>
    /// <param name="say">Hears what was computed.</param>
    /// <param name="progress">Hears how far a long computation is.</param>
    /// <param name="cancel">Stops between batches; the next run goes on there.</param>
    /// <exception cref="InputException">There is no encoder, or it does not fit the images.</exception>
    /// <exception cref="RecordException">The folder of features cannot be written.</exception>
    public static FrozenEncoder Load(TrainOptions options, TrainingData data, Action<string> say, Action<string> progress, CancellationToken cancel)
    {
        if (options.EncoderCheckpoint.Length == 0)
            throw SettingsReader.Error("encoder_ckpt", "an encoder to freeze (--freeze_encoder)", "");
        var path = ModelFactory.EncoderPath(options.EncoderCheckpoint);
        var runtime = new OnnxRuntimeOptions
        {
            Threads = options.Threads,
            Device = options.Device.StartsWith("cuda", StringComparison.Ordinal) ? "cuda" : options.Device == "auto" ? "auto" : "cpu",
            Output = options.EncoderOutput,
            Pool = options.EncoderPool,
        };
        using var model = OnnxRuntimeModel.Open(path, runtime, say);
        var encoder = new FrozenEncoder(path, model, options);
        encoder.Train = encoder.Compute(model, data.Train, say, progress, cancel);
        encoder.Test = data.Test.Count > 0 ? encoder.Compute(model, data.Test, say, progress, cancel) : [];
        return encoder;
    }

    /// <summary>The encoder with a trained head on it, as a file.</summary>
    public byte[] Classifier(Model head) => OnnxHead.Attach(_file, Path, new EncoderOutput(_output, _rank, _options.EncoderPool), head, ModelFactory.Scale(_options));

    private float[] Compute(OnnxRuntimeModel model, ImageSet images, Action<string> say, Action<string> progress, CancellationToken cancel)
    {
        var scale = ModelFactory.Scale(_options);
        var extractor = new FeatureExtractor(model, images, scale, Batch, _options.Data.Workers);
        (Features, _rank) = (extractor.Features, model.OutputRank);
        if ((long)Features * images.Count > Array.MaxLength)
            throw new InputException($"--freeze_encoder: at most {Array.MaxLength / Features} images of {Features} features expected, {images.Count} came");
        var identity = FeatureFile.Identity(Path, model, _options.EncoderPool, scale, images, _options.Data);
        var file = CacheFile(identity);
        if (File.Exists(file) && NpyFile.Read(file) is { Values: float[] kept } array && array.Dims is [var n, var d] && n == images.Count && d == Features)
        {
            say($"{images.Name}: features from {file}");
            return kept;
        }

        var clock = Stopwatch.StartNew();
        var spoken = TimeSpan.Zero;
        FeatureFile.Write(file, extractor, [.. Enumerable.Range(0, images.Count)], identity, done =>
        {
            if (clock.Elapsed - spoken < BetweenLines)
                return;
            spoken = clock.Elapsed;
            progress(FormattableString.Invariant($"{images.Name}: features of {done} of {images.Count}"));
        }, cancel);
        say(FormattableString.Invariant($"{images.Name}: {Features} features an image in {clock.Elapsed.TotalSeconds:F1} s, kept in {file}"));
        return (float[])NpyFile.Read(file).Values;
    }

    private string CacheFile(Dictionary<string, string> identity)
    {
        var folder = _options.FeatureCache.Length > 0 ? _options.FeatureCache : System.IO.Path.Combine(_options.Logs, ".features");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--feature_cache: a folder that can be written expected, '{folder}' came: {e.Message.Split('\n')[0]}", e);
        }

        var text = string.Join('\n', identity.Select(p => $"{p.Key} {p.Value}"));
        return System.IO.Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..24] + ".npy");
    }
}
