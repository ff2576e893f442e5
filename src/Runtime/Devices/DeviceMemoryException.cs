namespace CudaNoisy.Runtime;

/// <summary>The device has too little free memory for an allocation.</summary>
public sealed class DeviceMemoryException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="neededBytes">Bytes asked for.</param>
    /// <param name="freeBytes">Bytes free.</param>
    public DeviceMemoryException(string device, long neededBytes, long freeBytes)
        : base($"{device}: out of memory: {neededBytes / 1048576.0:F1} MiB needed, {freeBytes / 1048576.0:F1} MiB free")
    {
        NeededBytes = neededBytes;
        FreeBytes = freeBytes;
    }

    /// <summary>Bytes asked for.</summary>
    public long NeededBytes { get; }

    /// <summary>Bytes free.</summary>
    public long FreeBytes { get; }
}
