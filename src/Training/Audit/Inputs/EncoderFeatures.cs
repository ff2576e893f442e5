using System.Security.Cryptography;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CudaNoisy.Training;

/// <summary>Features of images by a frozen encoder in ONNX Runtime.</summary>
internal sealed class EncoderFeatures : IDisposable
{
    private const int Batch = 64;

    private readonly InferenceSession _session;
    private readonly string _path;
    private readonly string _input;
    private readonly int[] _dims;
    private readonly PixelScale _scale;
    private readonly int _threads;

    /// <summary>Loads an encoder.</summary>
    /// <param name="path">The ONNX file, or a file that ships with the project.</param>
    /// <param name="type">simclr (input in [0,1]) or imagenet (standardised input).</param>
    /// <param name="threads">Threads.</param>
    /// <exception cref="InputException">It cannot be read or does not take a batch of images.</exception>
    public EncoderFeatures(string path, string type, int threads)
    {
        _path = File.Exists(path) ? path : SampleFolder.Find(path);
        _threads = threads;
        _scale = type == "imagenet" ? PixelScale.ImageNet : PixelScale.Unit;
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            var bytes = File.ReadAllBytes(_path);
            Hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            _session = new InferenceSession(bytes, options);
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--encoder_ckpt {_path}: an ONNX encoder expected, but: {e.Message.Split('\n')[0]}", e);
        }

        (_input, var meta) = (_session.InputMetadata.First().Key, _session.InputMetadata.First().Value);
        _dims = meta.Dimensions;
        if (_dims.Length != 4 || _dims[1] is not (1 or 3) || _dims[2] != _dims[3] || meta.ElementType != typeof(float))
        {
            _session.Dispose();
            throw new InputException($"--encoder_ckpt {_path}: an encoder of square float images (n, channels, h, w) expected, input ({string.Join(", ", _dims)}) came");
        }
    }

    /// <summary>SHA-256 of the file.</summary>
    public string Hash { get; }

    /// <summary>Side of the images in pixels; 0 where the encoder takes any.</summary>
    public int ImageSize => Math.Max(0, _dims[2]);

    /// <summary>Computes features of all samples.</summary>
    /// <param name="subject">Images.</param>
    /// <param name="cancel">Stops between batches.</param>
    public FeatureTable Run(AuditSubject subject, CancellationToken cancel)
    {
        var pixels = subject.Pixels!;
        if (pixels.C != _dims[1] || (ImageSize > 0 && (pixels.H != ImageSize || pixels.W != ImageSize)))
            throw new InputException($"--encoder_ckpt {_path}: an encoder of {pixels.H}x{pixels.W} images with {pixels.C} channels expected, input ({string.Join(", ", _dims)}) came");
        var values = Array.Empty<float>();
        var width = 0;
        var size = _dims[0] > 0 ? _dims[0] : Batch;
        var input = new DenseTensor<float>([size, pixels.C, pixels.H, pixels.W]);
        for (var first = 0; first < subject.Count; first += size)
        {
            cancel.ThrowIfCancellationRequested();
            var count = Math.Min(size, subject.Count - first);
            Load(subject, first, count, input.Buffer);
            using var results = _session.Run([NamedOnnxValue.CreateFromTensor(_input, input)]);
            var output = results[0].Value as DenseTensor<float>
                ?? throw new InputException($"--encoder_ckpt {_path}: an encoder with a float output expected, {results[0].ElementType} came");
            if (width == 0)
            {
                width = (int)(output.Length / size);
                values = new float[subject.Count * width];
            }

            output.Buffer.Span[..(count * width)].CopyTo(values.AsSpan(first * width));
        }

        return new FeatureTable(values, width).Checked(_path);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private void Load(AuditSubject subject, int first, int count, Memory<float> target)
    {
        var pixels = subject.Pixels!;
        var (plane, channels) = (pixels.H * pixels.W, pixels.C);
        var table = new float[channels * 256];
        for (var i = 0; i < table.Length; i++)
            table[i] = _scale.Map((byte)(i % 256), i / 256);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _threads }, () => new byte[pixels.ImageLength], (i, _, image) =>
        {
            pixels.Read(subject.Places[first + i], null, image);
            var planes = target.Span.Slice(i * pixels.ImageLength, pixels.ImageLength);
            for (var c = 0; c < channels; c++)
            {
                for (var p = 0; p < plane; p++)
                    planes[(c * plane) + p] = table[(c * 256) + image[(p * channels) + c]];
            }

            return image;
        }, _ => { });
    }
}
