using System.Globalization;

namespace CudaNoisy.Runtime;

/// <summary>Opens devices by the names that <c>--device</c> takes.</summary>
public static class DeviceFactory
{
    /// <summary>Every device that could be there: its id, and what it is or why it is not there.</summary>
    public static IReadOnlyList<(string Id, string Description)> List()
    {
        using var host = new HostDevice();
        return [.. IlgpuDevice.ListCuda(), (host.Id, host.Description), (IlgpuDevice.CpuId, "ILGPU's CPU accelerator: slow, for deterministic unit tests")];
    }

    /// <summary>Whether a CUDA device is there.</summary>
    public static bool HasCuda => IlgpuDevice.ListCuda()[0].Id != "cuda";

    /// <summary>Opens a device: <c>auto</c> is the first CUDA device, or the host's processor where there is none.</summary>
    /// <param name="id">auto, cuda, cuda:n, host or ilgpu-cpu.</param>
    /// <param name="threads">Host threads, 0 for all.</param>
    /// <param name="precision">How a GPU multiplies inside convolutions; the processor always computes in float32.</param>
    /// <exception cref="InputException">The name is not known or the device is not there.</exception>
    public static Device Open(string id, int threads = 0, Precision precision = Precision.Tf32)
    {
        switch (id)
        {
            case "auto":
                return HasCuda ? IlgpuDevice.OpenCuda(0, precision) : new HostDevice(threads);
            case "host":
                return new HostDevice(threads);
            case "cuda":
                return IlgpuDevice.OpenCuda(0, precision);
            case IlgpuDevice.CpuId:
                return IlgpuDevice.OpenCpu();
            default:
                return id.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(id.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    ? IlgpuDevice.OpenCuda(index, precision)
                    : throw new InputException($"--device: auto, cuda, cuda:n, host or {IlgpuDevice.CpuId} expected, '{id}' came");
        }
    }
}
