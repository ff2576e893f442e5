using System.Globalization;

namespace CudaNoisy.Runtime;

/// <summary>Opens devices by the names that <c>--device</c> takes.</summary>
public static class DeviceFactory
{
    /// <summary>Every device that could be there: its id, and what it is or why it is not there.</summary>
    public static IReadOnlyList<(string Id, string Description)> List()
    {
        using var host = new HostDevice(0);
        return [(host.Id, host.Description)];
    }

    /// <summary>Opens a device: <c>auto</c> is the host's processor where there is no CUDA device.</summary>
    /// <param name="id">auto or host.</param>
    /// <param name="threads">Host threads, 0 for all.</param>
    /// <exception cref="InputException">The name is not known or the device is not there.</exception>
    public static Device Open(string id, int threads = 0) => id switch
    {
        "auto" or "host" => new HostDevice(threads),
        _ => throw new InputException($"--device: auto or host expected, '{id.ToString(CultureInfo.InvariantCulture)}' came"),
    };
}
