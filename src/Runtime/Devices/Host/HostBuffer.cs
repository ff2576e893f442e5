using System.Runtime.InteropServices;

namespace CudaNoisy.Runtime;

/// <summary>Page-touched, 64-byte aligned native memory.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed unsafe class HostBuffer<T> : DeviceBuffer<T>
    where T : unmanaged
{
    private readonly HostDevice _device;
    private T* _data;

    public HostBuffer(HostDevice device, long length)
    {
        _device = device;
        Length = length;
        // Kernels may read (never write) some registers beyond the last element.
        var bytes = checked((length * sizeof(T)) + 512);
        try
        {
            _data = (T*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        }
        catch (OutOfMemoryException)
        {
            throw new DeviceMemoryException(device.Id, bytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        }

        NativeMemory.Clear(_data, (nuint)bytes);
        device.OnAllocated(length * sizeof(T));
    }

    public override long Length { get; }

    public T* Data => _data;

    public override void CopyFrom(ReadOnlySpan<T> source, long offset = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + source.Length, Length);
        source.CopyTo(new Span<T>(_data + offset, source.Length));
    }

    public override void CopyTo(Span<T> target, long offset = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + target.Length, Length);
        new ReadOnlySpan<T>(_data + offset, target.Length).CopyTo(target);
    }

    protected override void Dispose(bool disposing)
    {
        if (_data is null)
            return;
        NativeMemory.AlignedFree(_data);
        _data = null;
        if (disposing)
            _device.OnAllocated(-Length * sizeof(T));
    }
}
