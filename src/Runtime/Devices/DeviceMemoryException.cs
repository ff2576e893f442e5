using System.Globalization;

namespace CudaNoisy.Runtime;

/// <summary>The device has too little free memory for an allocation.</summary>
public sealed class DeviceMemoryException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="neededBytes">Bytes asked for.</param>
    /// <param name="freeBytes">Bytes free.</param>
    public DeviceMemoryException(string device, long neededBytes, long freeBytes)
        : this(device, neededBytes, freeBytes, "")
    {
    }

    /// <summary>Creates the error of a batch that does not fit.</summary>
    /// <param name="error">The allocation's error.</param>
    /// <param name="batch">Images a batch; the memory grows with them.</param>
    public DeviceMemoryException(DeviceMemoryException error, int batch)
        : this(error.Device, error.NeededBytes, error.FreeBytes, Advice(error, batch))
    {
    }

    private DeviceMemoryException(string device, long neededBytes, long freeBytes, string advice)
        : base(string.Create(CultureInfo.InvariantCulture, $"{device}: out of memory: {neededBytes / 1048576.0:F1} MiB needed, {freeBytes / 1048576.0:F1} MiB free{advice}"))
    {
        Device = device;
        NeededBytes = neededBytes;
        FreeBytes = freeBytes;
    }

    /// <summary>The device's id.</summary>
    public string Device { get; }

    /// <summary>Bytes asked for.</summary>
    public long NeededBytes { get; }

    /// <summary>Bytes free.</summary>
    public long FreeBytes { get; }

    private static string Advice(DeviceMemoryException error, int batch)
    {
        var fitting = (long)(batch * ((double)error.FreeBytes / Math.Max(1, error.NeededBytes)));
        return fitting > 0 ? $" for the activations of {batch} images; a batch of {fitting} would fit" : $" for the activations of {batch} images; not even one fits";
    }
}
