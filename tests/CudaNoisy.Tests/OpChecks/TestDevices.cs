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
    public static IReadOnlyList<string> Ids { get; } = DeviceFactory.HasCuda ? ["host", IlgpuDevice.CpuId, "cuda"] : ["host", IlgpuDevice.CpuId];

    /// <summary>The device with this id.</summary>
    public static Device Get(string id) => Open.GetOrAdd(id, key => new Lazy<Device>(() => Create(key))).Value;

    /// <summary>True where only tiny shapes finish in time.</summary>
    public static bool IsSlow(string id) => !id.StartsWith("host", StringComparison.Ordinal);

    /// <summary>The rounding constant of a sum of products on this device, from float32's.</summary>
    public static double Rounding(string id, double single) => single;

    private static Device Create(string id) => id switch
    {
        "host" => new HostDevice(),
        "host-256" => new HostDevice(2, 256),
        "host-128" => new HostDevice(2, 128),
        _ => DeviceFactory.Open(id),
    };
}
