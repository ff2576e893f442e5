using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>The devices every op check runs on, opened once.</summary>
public static class TestDevices
{
    private static readonly Lazy<Device> Host = new(() => new HostDevice());

    /// <summary>Theory data: one row a device id.</summary>
    public static TheoryData<string> All => ["host"];

    /// <summary>The device with this id.</summary>
    public static Device Get(string id) => id switch
    {
        "host" => Host.Value,
        _ => throw new ArgumentException($"unknown test device {id}"),
    };

    /// <summary>True where only tiny shapes finish in time.</summary>
    public static bool IsSlow(string id) => id != "host";
}
