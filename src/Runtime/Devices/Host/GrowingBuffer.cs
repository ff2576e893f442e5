namespace CudaNoisy.Runtime;

/// <summary>Scratch memory of one launcher that grows on first use and is then reused.</summary>
internal sealed unsafe class GrowingBuffer
{
    private DeviceBuffer<float>? _buffer;

    public float* Ensure(HostDevice device, long length)
    {
        if (_buffer is null || _buffer.Length < length)
        {
            _buffer?.Dispose();
            _buffer = device.Allocate<float>(length);
        }

        return HostView.Pointer(_buffer.View, length);
    }
}
