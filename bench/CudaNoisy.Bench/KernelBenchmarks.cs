using BenchmarkDotNet.Attributes;
using CudaNoisy.Runtime;

namespace CudaNoisy.Bench;

/// <summary>Every kernel of the host device, at the sizes that training steps launch it with.</summary>
public class KernelBenchmarks
{
    private HostDevice _device = null!;
    private Kernel _kernel = null!;

    /// <summary>See <see cref="Kernels"/>.</summary>
    [ParamsSource(nameof(Names))]
    public string Kernel { get; set; } = "";

    public static IEnumerable<string> Names => Kernels.Names;

    [GlobalSetup]
    public void Setup()
    {
        _device = new HostDevice();
        _kernel = Kernels.Create(Kernel, _device);
    }

    [GlobalCleanup]
    public void Cleanup() => _device.Dispose();

    [Benchmark]
    public void Launch() => _kernel.Run();
}
