using System.Collections.Concurrent;
using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>The devices every op check runs on, opened once.</summary>
public static class TestDevices
{
    private static readonly ConcurrentDictionary<string, Lazy<Device>> Open = new();

    /// <summary>Theory data: one row a device id.</summary>
    public static TheoryData<string> All => [.. Ids];

    /// <summary>All devices, the host once for every register width.</summary>
    public static IReadOnlyList<string> Convolutions => ["host-256", "host-128", .. Ids];

    /// <summary>The devices' ids.</summary>
    public static IReadOnlyList<string> Ids { get; } = DeviceFactory.HasCuda ? ["host", IlgpuDevice.CpuId, "cuda", "cuda-fp32"] : ["host", IlgpuDevice.CpuId];

    /// <summary>The device with this id.</summary>
    public static Device Get(string id) => Open.GetOrAdd(id, key => new Lazy<Device>(() => Create(key))).Value;

    /// <summary>Multiply-adds of the largest shapes that finish in time; an emulated CUDA device is meant.</summary>
    public static long MultiplyAdds(string id) => id.StartsWith("host", StringComparison.Ordinal) ? long.MaxValue : id == IlgpuDevice.CpuId ? 0 : 30_000_000;

    /// <summary>The rounding constant of a convolution's sum of products on this device, from float32's.</summary>
    /// <remarks>TF32 rounds both operands to 10 bits of mantissa, by at most half a unit, 2^-11 each: a product errs by at most 2^-10 of itself, and so does
    /// the sum of their magnitudes. Near.Sums multiplies by 2^-24 sqrt(terms), which is taken out again.</remarks>
    public static double Rounding(string id, double single, double terms) => id == "cuda" ? single + ((1 << 14) * 1.001 / Math.Sqrt(Math.Max(1, terms))) : single;

    private static Device Create(string id) => id switch
    {
        "host" => new HostDevice(),
        "host-256" => new HostDevice(2, 256),
        "host-128" => new HostDevice(2, 128),
        "cuda-fp32" => DeviceFactory.Open("cuda", precision: Precision.Fp32),
        _ => DeviceFactory.Open(id),
    };
}
