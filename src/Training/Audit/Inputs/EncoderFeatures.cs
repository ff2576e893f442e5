using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Inference;

namespace CudaNoisy.Training;

/// <summary>Features of the audited images by a frozen encoder, kept in the audit's folder and used again where encoder and images are the same.</summary>
internal sealed class EncoderFeatures : IDisposable
{
    /// <summary>The features' file.</summary>
    public const string FileName = "features.npy";

    private const string KeyName = "features.key";
    private const int Batch = 64;

    private readonly AuditOptions _options;
    private readonly string _path;
    private readonly OnnxRuntimeModel _model;

    /// <summary>Opens the encoder.</summary>
    /// <exception cref="InputException">It cannot be read, or is no network of images.</exception>
    public EncoderFeatures(AuditOptions options, Action<string> say)
    {
        _options = options;
        _path = ModelFactory.EncoderPath(options.Data.EncoderCheckpoint);
        _model = OnnxRuntimeModel.Open(_path, new OnnxRuntimeOptions
        {
            Threads = options.Data.Threads,
            Device = options.Data.Device.StartsWith("cuda", StringComparison.Ordinal) ? "cuda" : options.Data.Device == "auto" ? "auto" : "cpu",
            Output = options.Data.EncoderOutput,
            Pool = options.Data.EncoderPool,
        }, say);
    }

    /// <summary>Side of the images in pixels; 0 where the encoder takes any.</summary>
    public int ImageSize => _model.Height;

    /// <summary>Computes the features, or reads those of an earlier audit; a pass that was broken off goes on.</summary>
    /// <param name="subject">The images.</param>
    /// <param name="say">Hears which.</param>
    /// <param name="cancel">Stops between batches.</param>
    public FeatureTable Get(AuditSubject subject, Action<string> say, CancellationToken cancel)
    {
        var images = new ImageSet(subject.Name, subject.Pixels!, subject.Given, subject.ClassNames, subject.Ids);
        var scale = ModelFactory.Scale(_options.Data);
        var identity = FeatureFile.Identity(_path, _model, _options.Data.EncoderPool, scale, images, _options.Data.Data);
        identity["samples"] = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(subject.Places.AsSpan())));
        var (file, keyFile) = (Path.Combine(_options.Out, FileName), Path.Combine(_options.Out, KeyName));
        var key = string.Join('\n', identity.Select(p => $"{p.Key} {p.Value}"));
        if (File.Exists(file) && File.Exists(keyFile) && File.ReadAllText(keyFile) == key)
        {
            say($"features from {file}");
            return FeatureTable.Read(file);
        }

        var extractor = new FeatureExtractor(_model, images, scale, Batch, _options.Data.Data.Workers);
        FeatureFile.Write(file, extractor, subject.Places, identity, _ => { }, cancel);
        AtomicFile.WriteText(keyFile, key);
        say($"features computed and kept in {file}");
        return FeatureTable.Read(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
