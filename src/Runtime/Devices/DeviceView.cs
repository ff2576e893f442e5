namespace CudaNoisy.Runtime;

/// <summary>A range of a device buffer. <c>default</c> is the empty view and stands for "absent" where a launcher allows it.</summary>
/// <typeparam name="T">float, int, byte or a struct of them.</typeparam>
/// <param name="Buffer">The buffer; null only in the empty view.</param>
/// <param name="Offset">First element.</param>
/// <param name="Length">Elements.</param>
public readonly record struct DeviceView<T>(DeviceBuffer<T>? Buffer, long Offset, long Length)
    where T : unmanaged
{
    /// <summary>True for the empty view.</summary>
    public bool IsEmpty => Buffer is null || Length == 0;

    /// <summary>True for a view of the same elements.</summary>
    public bool IsSameAs(DeviceView<T> other) => ReferenceEquals(Buffer, other.Buffer) && Offset == other.Offset && Length == other.Length;

    /// <summary>A part of this view.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie inside the view.</exception>
    public DeviceView<T> Slice(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length);
        return new DeviceView<T>(Buffer, Offset + offset, length);
    }

    /// <summary>Copies host memory into the view; lengths must not exceed the view.</summary>
    public void CopyFrom(ReadOnlySpan<T> source)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(source.Length, Length);
        Buffer!.CopyFrom(source, Offset);
    }

    /// <summary>Copies the view's first elements to host memory.</summary>
    public void CopyTo(Span<T> target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target.Length, Length);
        Buffer!.CopyTo(target, Offset);
    }

    /// <summary>The view's elements as a new host array.</summary>
    public T[] ToArray()
    {
        var result = new T[Length];
        if (Length > 0)
            CopyTo(result);
        return result;
    }
}
