using System.Diagnostics;
using System.Globalization;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace CudaNoisy.Training;

/// <summary>Times evaluation forward passes (batch-norm in evaluation mode) beside ONNX Runtime's on the same file, input and threads, in turns.</summary>
public static class ForwardBenchmark
{
    private const int Size = 32;
    private const int Classes = 10;
    private const int Rounds = 3;

    /// <summary>Runs the passes; returns one line of JSON with both medians and their ratio.</summary>
    /// <param name="device">The device.</param>
    /// <param name="architecture">Architecture name.</param>
    /// <param name="batch">Images a pass.</param>
    /// <param name="threads">Host threads, 0 for all.</param>
    /// <param name="steps">Timed passes of each, in each of three rounds.</param>
    /// <param name="warmup">Passes before them, in every round.</param>
    public static string Run(Device device, string architecture, int batch, int threads, int steps, int warmup)
    {
        var random = new Philox(1, 1);
        var model = ResNetBuilder.Random(Architecture.Find(architecture), Size, cifarStem: true, random.NextGaussian).AddLinear(Classes);
        using var network = new Network(device, model);
        var plan = network.Plan(batch, Runtime.ExecutionMode.Inference);
        using var memory = new Workspace(device, plan);
        using var execution = new Execution(plan, memory, network.Values, network.State);
        var pixels = new float[batch * Size * Size * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (float)random.NextDouble();
        execution.Input.View.CopyFrom(pixels);

        using var options = new SessionOptions { IntraOpNumThreads = threads == 0 ? Environment.ProcessorCount : threads };
        using var session = new InferenceSession(OnnxExporter.ToBytes(model), options);
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, [batch, 3, Size, Size]);
        using var run = new RunOptions();
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            Time(ours, warmup, steps, () =>
            {
                execution.Forward();
                device.Synchronize();
            });
            Time(theirs, warmup, steps, () =>
            {
                using var outputs = session.Run(run, ["input"], [input], ["output"]);
            });
        }

        var (mine, peer) = (Median(ours), Median(theirs));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"device\": \"{device.Id}\", \"arch\": \"{architecture}\", \"batch\": {batch}, \"threads\": {threads}, \"median_s\": {mine:F5}, \"images_per_s\": {batch / mine:F1}, " +
            $"\"onnxruntime_median_s\": {peer:F5}, \"onnxruntime_images_per_s\": {batch / peer:F1}, \"ratio\": {peer / mine:F2}}}");
    }

    /// <summary>A peer's passes in a row, warm-up first: idle threads of either keep spinning for a while and would slow the other.</summary>
    private static void Time(List<double> times, int warmup, int steps, Action pass)
    {
        for (var i = 0; i < warmup + steps; i++)
        {
            var start = Stopwatch.GetTimestamp();
            pass();
            if (i >= warmup)
                times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
