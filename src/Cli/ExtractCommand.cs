using System.Diagnostics;
using System.Globalization;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Runtime.Inference;
using CudaNoisy.Training;

namespace CudaNoisy.Cli;

/// <summary>extract.</summary>
internal static class ExtractCommand
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public static int Run(ExtractArguments a, CancellationToken cancel)
    {
        a.Check();
        var encoder = ModelFactory.EncoderPath(a.Encoder, "ENCODER");
        using var model = OnnxRuntimeModel.Open(
            encoder, new OnnxRuntimeOptions { Threads = a.Threads, Device = a.Device, Output = a.EncoderOutput, Pool = a.EncoderPool }, Console.Error.WriteLine);
        var scale = Classifier.InputScale(model, a.Normalization);
        var options = a.DataOptions(model.Height);
        var data = DataSets.Load(options);
        foreach (var note in data.Notes)
            Console.Error.WriteLine("warning: " + note);
        var images = a.Choose(data);
        var extractor = new FeatureExtractor(model, images, scale, a.BatchSize, options.Workers);
        var identity = FeatureFile.Identity(encoder, model, a.EncoderPool, scale, images, options);
        var clock = Stopwatch.StartNew();
        var (spoken, begun) = (TimeSpan.Zero, -1);
        FeatureFile.Write(a.Output, extractor, [.. Enumerable.Range(0, images.Count)], identity, done =>
        {
            if (begun < 0 && done > 0)
                Console.Error.WriteLine($"going on behind row {done} of {images.Count}");
            begun = begun < 0 ? done : begun;
            if (clock.Elapsed - spoken < BetweenLines)
                return;
            spoken = clock.Elapsed;
            Console.Error.WriteLine($"{done}/{images.Count}");
        }, cancel);
        if (a.Labels is not null)
            AtomicFile.Write(a.Labels, stream => NpyFile.Write(stream, [images.Count], images.Labels));
        var seconds = clock.Elapsed.TotalSeconds;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{images.Count - begun} images in {seconds:F2} s, {(images.Count - begun) / seconds:F0} a second"));
        Console.Out.WriteLine($"{a.Output}\t({images.Count},{extractor.Features})");
        return 0;
    }
}
