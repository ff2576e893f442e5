using System.Diagnostics;
using System.Globalization;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Times training steps of a randomly initialised classifier on random images of 32x32 and ten classes.</summary>
public static class StepBenchmark
{
    private const int Size = 32;
    private const int Classes = 10;
    private const int Embedding = 128;

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

        using var images = RandomImages(device, 2 * batch, random);
        var labels = Enumerable.Range(0, 2 * batch).Select(_ => random.Next(Classes)).ToArray();
        using var trainFeed = new BatchFeed(device, images, labels, new Sampler([.. Enumerable.Range(0, batch)], batch, 1, 1, augment: true));
        using var metaFeed = new BatchFeed(device, images, labels, new Sampler([.. Enumerable.Range(batch, batch)], batch, 1, 2, augment: true));
        using var log = new StepLog(device, warmup + steps, batch);

        var times = Time(device, warmup, steps, i => step.Step(i, 0.01, trainFeed.Next(i), method == "sgd" ? default : metaFeed.Next(i), log.Next(i, trainFeed.Indices)));
        return Report(device, architecture, method, batch, threads, times);
    }

    /// <summary>Runs steps of contrastive pretraining, two views an image made in them; returns one line of JSON.</summary>
    /// <inheritdoc cref="Run"/>
    public static string RunContrastive(Device device, string architecture, int batch, int threads, int steps, int warmup)
    {
        var random = new Philox(1, 1);
        var model = ResNetBuilder.Random(Architecture.Find(architecture), Size, cifarStem: true, random.NextGaussian).AddProjection(0, Embedding, random.NextGaussian);
        using var network = new Network(device, model);
        using var optimizer = OptimizerRegistry.Create("sgd", device, network.Values, network.Gradients, new OptimizerOptions(1e-6));
        using var images = RandomImages(device, batch, random);
        using var feed = new BatchFeed(device, images, new int[batch], new PairOrder([.. Enumerable.Range(0, batch)], batch, new ViewRecipe(0.08, 0.5), 1, 1));
        var plan = network.Plan(2 * batch, ExecutionMode.Training);
        using var memory = new Workspace(device, plan);
        using var step = new Simclr(network, optimizer, 0.5, 2 * batch, feed, plan, memory);
        using var log = new StepLog(device, warmup + steps, 2 * batch);
        return Report(device, architecture, TrainOptions.Simclr, batch, threads, Time(device, warmup, steps, i => step.Step(i, 0.01, feed.Next(i), default, log.Next(i, feed.Indices))));
    }

    private static DeviceImages RandomImages(Device device, int count, Philox random)
    {
        var pixels = new byte[count * Size * Size * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)random.NextUInt();
        return DeviceImages.Create(device, new MemoryPixels(pixels, Size, Size, 3), CudaNoisy.Kernels.PixelScale.Unit, workers: 1);
    }

    /// <summary>Seconds of every timed step, shortest first.</summary>
    private static List<double> Time(Device device, int warmup, int steps, Action<int> step)
    {
        var times = new List<double>();
        for (var i = 0; i < warmup + steps; i++)
        {
            var start = Stopwatch.GetTimestamp();
            step(i);
            device.Synchronize();
            if (i >= warmup)
                times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        return times;
    }

    private static string Report(Device device, string architecture, string method, int batch, int threads, List<double> times)
    {
        var median = times[times.Count / 2];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"peer\": \"cudanoisy\", \"device\": \"{device.Id}\", \"arch\": \"{architecture}\", \"method\": \"{method}\", \"batch\": {batch}, \"threads\": {threads}, " +
            $"\"median_s\": {median:F6}, \"best_s\": {times[0]:F6}, \"images_per_s\": {batch / median:F1}, \"device_peak_mib\": {device.PeakBytes >> 20}, " +
            $"\"peak_rss_mib\": {PeakResidentBytes() >> 20}}}");
    }

    private static long PeakResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
