using System.Diagnostics;
using System.Globalization;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Times one pass of the loader over picture files: read, decoded, cut at random, resized, put together to batches and copied to the device.</summary>
public static class ImageBenchmark
{
    /// <summary>Runs a pass; returns one line of JSON in the form of the Pillow peer's.</summary>
    /// <param name="device">The device.</param>
    /// <param name="data">A data set of picture files that are not kept in memory.</param>
    /// <param name="options">How it was read.</param>
    /// <param name="batch">Images a batch.</param>
    public static string Run(Device device, LoadedData data, DataOptions options, int batch)
    {
        var count = data.Train.Count / batch * batch;
        if (count == 0)
            throw SettingsReader.Error("batch", $"at most the {data.Train.Count} training images", $"{batch}");
        var start = Stopwatch.GetTimestamp();
        using (var images = DeviceImages.Create(device, data.Train.Pixels, PixelScale.Unit, options.Workers))
        using (var batches = images.Batches(new Sampler([.. Enumerable.Range(0, data.Train.Count)], batch, 1, 1, augment: true)))
        {
            for (var step = 0; step < count / batch; step++)
                batches.Move(step);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"peer\": \"cudanoisy\", \"transform\": \"{options.Transform}\", \"size\": {options.ImageSize}, \"workers\": {options.Workers}, \"batch\": {batch}, \"images\": {count}, " +
            $"\"seconds\": {seconds:F2}, \"images_per_s\": {count / seconds:F1}, \"peak_rss_mib\": {process.PeakWorkingSet64 >> 20}}}");
    }
}
