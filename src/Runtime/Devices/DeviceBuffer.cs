namespace CudaNoisy.Runtime;

/// <summary>A block of device memory holding <see cref="Length"/> elements. Zero when allocated. Owned by whoever allocated it.</summary>
/// <typeparam name="T">float, int, byte or a struct of them.</typeparam>
public abstract class DeviceBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Elements in the buffer.</summary>
    public abstract long Length { get; }

    /// <summary>Copies host memory into the buffer at an element offset. Ordered after every launch already issued.</summary>
    public abstract void CopyFrom(ReadOnlySpan<T> source, long offset = 0);

    /// <summary>Copies buffer elements from an element offset into host memory, after every launch already issued has finished.</summary>
    public abstract void CopyTo(Span<T> target, long offset = 0);

    /// <summary>The whole buffer as a view.</summary>
    public DeviceView<T> View => new(this, 0, Length);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the memory.</summary>
    protected abstract void Dispose(bool disposing);
}
