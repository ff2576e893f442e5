using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace CudaNoisy.Runtime;

/// <summary>Small copies to a CUDA device that nobody waits for, through a ring of page-locked memory: a step's batch numbers. The host waits once a round.</summary>
internal sealed unsafe class CudaUploads : IDisposable
{
    private const int Capacity = 1 << 20;
    private const int Largest = 1 << 16;
    private const int Alignment = 256;
    private readonly nint _memory;
    private int _used;

    public CudaUploads()
    {
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.AllocateHostMemory(out var memory, Capacity));
        _memory = memory;
    }

    /// <summary>Starts a copy; false where it is too large for the ring.</summary>
    public bool TryCopy(nint target, ReadOnlySpan<byte> source, AcceleratorStream stream)
    {
        if (source.Length > Largest)
            return false;
        if (_used + source.Length > Capacity)
        {
            stream.Synchronize();
            _used = 0;
        }

        source.CopyTo(new Span<byte>((byte*)_memory + _used, source.Length));
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.MemcpyAsync(target, _memory + _used, source.Length, stream));
        _used += (source.Length + Alignment - 1) / Alignment * Alignment;
        return true;
    }

    public void Dispose() => _ = CudaAPI.CurrentAPI.FreeHostMemory(_memory);
}
