using System.Diagnostics;
using CudaNoisy.Runtime;

namespace CudaNoisy.Bench;

/// <summary>What this machine can do, measured: multiply-adds in registers on all cores, and memory read and written by a copy that is larger than the caches.</summary>
internal sealed record MachinePeak(double GigaflopsPerSecond, double GigabytesPerSecond)
{
    private const int Repeats = 9;

    public static MachinePeak Measured { get; } = Measure();

    private static MachinePeak Measure()
    {
        const int Rounds = 20_000_000;
        var cores = Environment.ProcessorCount;
        var seconds = Best(() => Parallel.For(0, cores, _ => PeakLoop.Run(Rounds)));
        using var device = new HostDevice();
        const long Length = 1 << 26;
        using var a = device.Allocate<float>(Length);
        using var b = device.Allocate<float>(Length);
        var copy = Best(() => device.Elementwise.Copy(a.View, b.View));
        return new MachinePeak(2.0 * PeakLoop.MultiplyAdds * Rounds * cores / seconds / 1e9, 2.0 * sizeof(float) * Length / copy / 1e9);
    }

    private static double Best(Action action)
    {
        action();
        return Enumerable.Range(0, Repeats).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }
}
