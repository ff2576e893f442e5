using System.Diagnostics;
using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Times training steps of a randomly initialised classifier on random images of 32x32 and ten classes.</summary>
public static class StepBenchmark
{
    private const int Size = 32;
    private const int Classes = 10;

    /// <summary>Runs the steps; returns one line of JSON in the form of the PyTorch peer's.</summary>
    /// <param name="device">The device.</param>
    /// <param name="architecture">Architecture name.</param>
    /// <param name="method">sgd, mwnet or mwnet-recompute.</param>
    /// <param name="batch">Images a step.</param>
    /// <param name="threads">Host threads, for the record.</param>
    /// <param name="steps">Timed steps.</param>
    /// <param name="warmup">Steps before them.</param>
    public static string Run(Device device, string architecture, string method, int batch, int threads, int steps, int warmup)
    {
        var random = new Philox(1, 1);
        var model = ResNetBuilder.Random(Architecture.Find(architecture), Size, cifarStem: true, random.NextGaussian).AddLinear(Classes);
        using var network = new Network(device, model);
        using var optimizer = OptimizerRegistry.Create("sgd", device, network.Values, network.Gradients, new OptimizerOptions(1e-4));
        var loss = LossRegistry.Create("ce");
        var options = new MetaWeightNetOptions { KeepActivations = method != "mwnet-recompute" };
        using var weightNet = new WeightNet(device, options.Hidden);
        weightNet.Initialize(random);
        var train = network.Plan(batch, method == "sgd" ? ExecutionMode.Training : MetaWeightNet.TrainMode(options));
        var meta = network.Plan(batch, ExecutionMode.Training);
        var shared = method == "mwnet-recompute";
        using var memory = shared ? new Workspace(device, train, meta) : new Workspace(device, train);
        using var metaMemory = method == "mwnet" ? new Workspace(device, meta) : null;
        using TrainingMethod step = method == "sgd"
            ? new FineTune(network, loss, optimizer, train, memory)
            : new MetaWeightNet(network, loss, loss, optimizer, weightNet, options, train, memory, meta, metaMemory ?? memory);

        var pixels = new byte[2 * batch * Size * Size * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)random.NextUInt();
        var labels = Enumerable.Range(0, 2 * batch).Select(_ => random.Next(Classes)).ToArray();
        using var images = DeviceImages.Create(device, new MemoryPixels(pixels, Size, Size, 3), CudaNoisy.Kernels.PixelScale.Unit, workers: 1);
        using var trainFeed = new BatchFeed(device, images, labels, new Sampler([.. Enumerable.Range(0, batch)], batch, 1, 1, augment: true));
        using var metaFeed = new BatchFeed(device, images, labels, new Sampler([.. Enumerable.Range(batch, batch)], batch, 1, 2, augment: true));
        using var log = new StepLog(device, warmup + steps, batch);

        var times = new List<double>();
        for (var i = 0; i < warmup + steps; i++)
        {
            var start = Stopwatch.GetTimestamp();
            step.Step(i, 0.01, trainFeed.Next(i), method == "sgd" ? default : metaFeed.Next(i), log.Next(i, trainFeed.Indices));
            device.Synchronize();
            if (i >= warmup)
                times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        var median = times[times.Count / 2];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"peer\": \"cudanoisy\", \"device\": \"{device.Id}\", \"arch\": \"{architecture}\", \"method\": \"{method}\", \"batch\": {batch}, \"threads\": {threads}, " +
            $"\"median_s\": {median:F4}, \"best_s\": {times[0]:F4}, \"images_per_s\": {batch / median:F1}, \"device_peak_mib\": {device.PeakBytes >> 20}, " +
            $"\"peak_rss_mib\": {PeakResidentBytes() >> 20}}}");
    }

    private static long PeakResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
