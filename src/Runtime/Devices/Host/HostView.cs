namespace CudaNoisy.Runtime;

/// <summary>Pointers behind device views, for the host launchers.</summary>
internal static unsafe class HostView
{
    /// <summary>The view's first element; null for the empty view.</summary>
    /// <exception cref="ArgumentException">The view is shorter than <paramref name="length"/> or lives on another device.</exception>
    public static T* Pointer<T>(DeviceView<T> view, long length)
        where T : unmanaged
    {
        if (view.Buffer is null)
            return null;
        if (view.Buffer is not HostBuffer<T> buffer)
            throw new ArgumentException("The view belongs to another device.");
        if (view.Length < length)
            throw new ArgumentException($"The view holds {view.Length} elements; the launch needs {length}.");
        return buffer.Data + view.Offset;
    }
}
