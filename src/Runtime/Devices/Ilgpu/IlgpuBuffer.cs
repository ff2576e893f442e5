using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace CudaNoisy.Runtime;

/// <summary>Memory of an ILGPU accelerator.</summary>
internal sealed class IlgpuBuffer<T> : DeviceBuffer<T>
    where T : unmanaged
{
    private readonly IlgpuDevice _device;
    private readonly AcceleratorStream _stream;
    private readonly MemoryBuffer1D<T, Stride1D.Dense> _memory;
    private bool _disposed;

    public IlgpuBuffer(IlgpuDevice device, Accelerator accelerator, AcceleratorStream stream, long length)
    {
        _device = device;
        _stream = stream;
        Length = length;
        _memory = accelerator.Allocate1D<T>(Math.Max(1, length));
        _memory.MemSetToZero(stream);
        device.OnAllocated(_memory.LengthInBytes);
    }

    public override long Length { get; }

    /// <summary>Where the memory lies.</summary>
    public long Address => _memory.NativePtr;

    public ArrayView<T> At(long offset, long length) => _memory.View.SubView(offset, length);

    public override void CopyFrom(ReadOnlySpan<T> source, long offset = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + source.Length, Length);
        if (source.Length == 0 || _device.TryUpload((nint)Address + (nint)(offset * Interop.SizeOf<T>()), MemoryMarshal.AsBytes(source)))
            return;
        _memory.View.SubView(offset, source.Length).CopyFromCPU(_stream, source.ToArray());
        _stream.Synchronize();
    }

    public override void CopyTo(Span<T> target, long offset = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + target.Length, Length);
        if (target.Length == 0)
            return;
        var values = new T[target.Length];
        _memory.View.SubView(offset, target.Length).CopyToCPU(_stream, values);
        _stream.Synchronize();
        values.CopyTo(target);
    }

    protected override void Dispose(bool disposing)
    {
        if (_disposed || !disposing)
            return;
        _disposed = true;
        _device.OnAllocated(-_memory.LengthInBytes);
        _memory.Dispose();
    }
}
