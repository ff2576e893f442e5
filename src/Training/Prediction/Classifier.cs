using System.Numerics.Tensors;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Inference;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Training;

/// <summary>A classifier's file with what its metadata say, run by ONNX Runtime.</summary>
public sealed class Classifier : IDisposable
{
    private readonly OnnxRuntimeModel _model;
    private readonly PixelScale _scale;

    private Classifier(OnnxRuntimeModel model, PixelScale scale, IReadOnlyList<string> classNames)
    {
        _model = model;
        _scale = scale;
        ClassNames = classNames;
    }

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The file.</summary>
    public string Path => _model.Path;

    /// <summary>Side of its images; 0 for any.</summary>
    public int ImageSize => _model.Height;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="normalization">Its input, or <c>auto</c> for what the metadata say.</param>
    /// <param name="classNames">Its classes; null for what the metadata say.</param>
    /// <param name="say">Hears where it runs, when that is not what was asked for.</param>
    /// <exception cref="InputException">The file cannot be run, or its metadata do not say what it wants and gives.</exception>
    public static Classifier Open(string path, OnnxRuntimeOptions options, string normalization, IReadOnlyList<string>? classNames, Action<string> say)
    {
        var model = OnnxRuntimeModel.Open(path, options, say);
        try
        {
            var names = classNames ?? ModelNotes.GetClassNames(model.Metadata, path)
                ?? throw new InputException($"{path}: class names in the metadata expected, as cudanoisy writes them, none came; give --class_names");
            return new Classifier(model, InputScale(model, normalization), names);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>What a network wants as its input: given, or noted in its file.</summary>
    /// <exception cref="InputException">It is not noted.</exception>
    public static PixelScale InputScale(OnnxRuntimeModel model, string normalization) => normalization != "auto"
        ? ModelNotes.ParseScale(normalization, "--normalization")
        : ModelNotes.GetScale(model.Metadata, model.Path)
            ?? throw new InputException($"{model.Path}: the input's normalisation in the metadata expected, as cudanoisy writes it, none came; give --normalization none, imagenet or M,M,M/S,S,S");

    /// <summary>Classifies images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="indices">Which of them.</param>
    /// <param name="batch">Images at a time.</param>
    /// <param name="workers">Threads that read and decode.</param>
    /// <param name="probabilities">Takes, image by image in order: its place in <paramref name="indices"/>, and the classes' probabilities, valid until it returns.</param>
    /// <param name="cancel">Stops between batches.</param>
    /// <exception cref="InputException">The images or the class names do not fit the network, or a picture is unreadable.</exception>
    public void Run(ImageSet images, int[] indices, int batch, int workers, Action<int, ReadOnlyMemory<float>> probabilities, CancellationToken cancel)
    {
        var extractor = new FeatureExtractor(_model, images, _scale, batch, workers);
        if (extractor.Features != ClassNames.Count)
            throw new InputException($"{Path}: {extractor.Features} class names expected (its output has so many numbers), {ClassNames.Count} came");
        var row = new float[extractor.Features];
        extractor.Run(indices, (first, rows) =>
        {
            for (var i = 0; i < rows.Length / row.Length; i++)
            {
                TensorPrimitives.SoftMax(Shifted(rows.Span.Slice(i * row.Length, row.Length), row), row);
                probabilities(first + i, row);
            }
        }, cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    /// <summary>Logits below 0, so that no exponential overflows.</summary>
    private static ReadOnlySpan<float> Shifted(ReadOnlySpan<float> logits, float[] target)
    {
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), target);
        return target;
    }
}
