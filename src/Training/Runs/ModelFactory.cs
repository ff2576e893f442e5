using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;

namespace CudaNoisy.Training;

/// <summary>The classifier a run starts from: an encoder from a file or random, and a head that starts at zero.</summary>
public static class ModelFactory
{
    private const ulong EncoderStream = 0x454E;
    private const ulong HeadStream = 0x4845;

    /// <summary>The encoder: from a file or random; for pretraining one that ends in a vector.</summary>
    /// <param name="options">Options.</param>
    /// <param name="images">The training images, for sizes.</param>
    /// <param name="say">Hears warnings.</param>
    /// <exception cref="InputException">The encoder does not fit the images.</exception>
    public static Model CreateEncoder(TrainOptions options, ImageSet images, Action<string> say)
    {
        var encoder = options.EncoderCheckpoint.Length > 0
            ? OnnxImporter.Load(EncoderPath(options.EncoderCheckpoint))
            : ResNetBuilder.Random(Architecture.Find(options.Architecture), images.H, cifarStem: images.H <= 64, new Philox(options.Seed, EncoderStream).NextGaussian);
        if (encoder.Input != new Shape(1, images.H, images.W, images.C))
            throw new InputException($"--encoder_ckpt {encoder.Source}: an encoder of {images.H}x{images.W} images with {images.C} channels expected, input {encoder.Input} came");
        if (options.Problem == TrainOptions.Simclr && images.C != 3)
            throw new InputException($"--data {options.Data.Set}: images of 3 channels expected, whose colours views change, {images.C} came");
        if (encoder.IsFolded)
        {
            say($"warning: {encoder.Source} has its batch-norms folded into the convolutions; fine-tuning will differ from the original network's. " +
                "Export it with torch.onnx.export(..., training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False).");
        }

        return options.Problem == TrainOptions.Simclr ? encoder.Pooled() : encoder;
    }

    /// <summary>An encoder with its head: a classifier's, or in contrastive pretraining the projection.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="options">Options.</param>
    /// <param name="images">The training images, for class names.</param>
    public static Model Create(Model encoder, TrainOptions options, ImageSet images) => options.Problem == TrainOptions.Simclr
        ? encoder.AddProjection(options.Pretraining.Hidden, options.Pretraining.Embedding, new Philox(options.Seed, HeadStream).NextGaussian)
        : AddHead(encoder, options, images);

    /// <summary>A head alone, for features of a frozen encoder.</summary>
    public static Model CreateHead(TrainOptions options, ImageSet images, int features)
    {
        var head = AddHead(Heads.Features(features), options, images);

        // The classifier's file has the normalisation in front.
        ModelNotes.SetScale(head.Metadata, PixelScale.Unit);
        return head;
    }

    /// <summary>What the encoder wants as its input.</summary>
    public static PixelScale Scale(TrainOptions options) => options.EncoderType == "imagenet" ? PixelScale.ImageNet : PixelScale.Unit;

    /// <summary>An encoder's file: as given, or one that ships.</summary>
    internal static string EncoderPath(string path, string option = "--encoder_ckpt")
    {
        try
        {
            return File.Exists(path) ? path : SampleFolder.Find(path);
        }
        catch (InputException)
        {
            throw new InputException($"{option}: an ONNX file expected, '{path}' came, which does not exist");
        }
    }

    private static Model AddHead(Model encoder, TrainOptions options, ImageSet images)
    {
        var model = encoder.AddLinear(images.ClassNames.Count, options.HeadHidden, new Philox(options.Seed, HeadStream).NextGaussian);
        ModelNotes.SetClassNames(model.Metadata, images.ClassNames);
        model.Metadata[ModelNotes.EncoderType] = options.EncoderType;
        ModelNotes.SetScale(model.Metadata, Scale(options));
        return model;
    }
}
