using ILGPU;

namespace CudaNoisy.Runtime;

/// <summary>ILGPU views behind device views.</summary>
internal static class IlgpuView
{
    /// <summary>The view's first <paramref name="length"/> elements; ILGPU's empty view for the empty one.</summary>
    /// <exception cref="ArgumentException">The view is shorter or lives on another device.</exception>
    public static ArrayView<T> Of<T>(DeviceView<T> view, long length)
        where T : unmanaged
    {
        if (view.Buffer is null)
            return ArrayView<T>.Empty;
        if (view.Buffer is not IlgpuBuffer<T> buffer)
            throw new ArgumentException("The view belongs to another device.");
        if (view.Length < length)
            throw new ArgumentException($"The view holds {view.Length} elements; the launch needs {length}.");
        return buffer.At(view.Offset, length);
    }

    /// <summary>All elements of a view.</summary>
    public static ArrayView<T> Of<T>(DeviceView<T> view)
        where T : unmanaged => Of(view, view.Length);

    /// <summary>The view's address on its device; 0 for the empty view.</summary>
    public static long Address(DeviceView<float> view) => view.Buffer is IlgpuBuffer<float> buffer ? buffer.Address + (view.Offset * sizeof(float)) : 0;

    /// <summary>Whether rows of <paramref name="length"/> floats in all views can be read four at a time; empty views can.</summary>
    public static bool AreQuads(long length, params ReadOnlySpan<DeviceView<float>> views)
    {
        var all = length * sizeof(float);
        foreach (var view in views)
            all |= Address(view);
        return all % 16 == 0;
    }
}
