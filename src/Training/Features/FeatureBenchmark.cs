using System.Diagnostics;
using System.Text.Json;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Inference;

namespace CudaNoisy.Training;

/// <summary>Feature extraction beside ONNX Runtime's bare loop: the same file, batch and threads, passes in turn, medians.</summary>
public static class FeatureBenchmark
{
    /// <summary>Measures; returns one line of JSON.</summary>
    /// <param name="model">The network.</param>
    /// <param name="images">The images that extraction reads.</param>
    /// <param name="batch">Images at a time.</param>
    /// <param name="workers">Threads that read.</param>
    /// <param name="warmup">Passes before.</param>
    /// <param name="repeats">Timed passes of each kind.</param>
    public static string Run(OnnxRuntimeModel model, ImageSet images, int batch, int workers, int warmup, int repeats)
    {
        var extractor = new FeatureExtractor(model, images, PixelScale.Unit, batch, workers);
        var n = extractor.BatchSize;
        var indices = Enumerable.Range(0, images.Count / n * n).ToArray();
        var input = new float[(long)n * images.Pixels.ImageLength];
        var (ours, bare) = (new double[repeats], new double[repeats]);
        for (var i = -warmup; i < repeats; i++)
        {
            var clock = Stopwatch.StartNew();
            for (var first = 0; first < indices.Length; first += n)
                _ = model.Run(input, n, images.H, images.W, images.C);
            var loop = clock.Elapsed.TotalSeconds;
            clock.Restart();
            extractor.Run(indices, (_, _) => { }, default);
            if (i >= 0)
                (bare[i], ours[i]) = (loop, clock.Elapsed.TotalSeconds);
        }

        var (extract, loopOnly) = (indices.Length / Median(ours), indices.Length / Median(bare));
        return JsonSerializer.Serialize(new
        {
            file = Path.GetFileName(model.Path),
            images = indices.Length,
            batch = n,
            repeats,
            extract_images_per_second = Math.Round(extract, 1),
            onnxruntime_images_per_second = Math.Round(loopOnly, 1),
            ratio = Math.Round(extract / loopOnly, 3),
        });
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
