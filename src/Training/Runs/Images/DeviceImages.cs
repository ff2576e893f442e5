using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A set of images from which batches are put into a network's input: resident in device memory where they fit, else read or decoded ahead by threads.</summary>
public abstract class DeviceImages : IDisposable
{
    private const long MostResidentBytes = 2L << 30;

    /// <summary>Binds a set to a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="pixels">The images.</param>
    /// <param name="scale">Byte to network input.</param>
    /// <param name="workers">Threads that read and decode images that are not resident.</param>
    public static DeviceImages Create(Device device, PixelSource pixels, PixelScale scale, int workers) =>
        pixels.Blocks.Count > 0 && (long)pixels.Count * pixels.ImageLength <= MostResidentBytes
            ? new ResidentImages(device, pixels, scale)
            : new StreamedImages(device, pixels, scale, workers);

    /// <summary>Opens a sequence of batches.</summary>
    public abstract BatchImages Batches(BatchOrder order);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases memory and threads.</summary>
    protected abstract void Dispose(bool disposing);
}
