using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Training;

/// <summary>The two forms in which a run leaves the project: the classifier, which takes images in [0,1] and returns logits, and its encoder, which takes what it was trained on.</summary>
public static class ModelFiles
{
    private const string BuiltIn = "built_in_normalization";

    /// <summary>A classifier's file: (N,C,H,W) in [0,1] to logits; class names in the metadata.</summary>
    public static byte[] Classifier(Model model)
    {
        var scale = ModelNotes.GetScale(model.Metadata, model.Source) ?? PixelScale.Unit;
        if (scale == PixelScale.Unit)
            return OnnxExporter.ToBytes(model, "input", "logits");
        var noted = model.WithValues(model.ParameterValues, model.StateValues);
        noted.Metadata[BuiltIn] = ModelNotes.Format(scale);
        ModelNotes.SetScale(noted.Metadata, PixelScale.Unit);
        return OnnxExporter.ToBytes(noted, "input", "logits", scale);
    }

    /// <summary>The encoder that a pretraining run made, as a file to fine-tune from.</summary>
    /// <param name="start">The encoder that the run started from.</param>
    /// <param name="trained">Its network with the present values: the encoder's parameters are its first ones.</param>
    /// <param name="options">The run's options.</param>
    internal static byte[] Encoder(Model start, Model trained, TrainOptions options)
    {
        var encoder = start.WithValues(trained.ParameterValues[..start.Parameters.Slices.Count], trained.StateValues[..start.State.Slices.Count]);
        encoder.Metadata[ModelNotes.EncoderType] = options.EncoderType;
        ModelNotes.SetScale(encoder.Metadata, ModelFactory.Scale(options));
        return OnnxExporter.ToBytes(encoder, "input", "features");
    }

    /// <summary>The encoder of a classifier that this project trained, as a file to fine-tune from: (N,C,H,W) as its metadata says to features.</summary>
    /// <exception cref="InputException">The model does not end in a head of this project's.</exception>
    public static byte[] Encoder(Model classifier)
    {
        var encoder = Heads.Encoder(classifier);
        if (encoder.Metadata.Remove(BuiltIn, out var scale))
            ModelNotes.SetScale(encoder.Metadata, ModelNotes.ParseScale(scale, $"{classifier.Source}: metadata {BuiltIn}"));
        encoder.Metadata.Remove(ModelNotes.ClassNames);
        return OnnxExporter.ToBytes(encoder, "input", "features");
    }
}
