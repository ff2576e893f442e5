using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Two registers next to each other, as one of twice the length.</summary>
/// <typeparam name="TV">The register type.</typeparam>
public readonly unsafe struct HostPair<TV> : IHostVector<HostPair<TV>>
    where TV : unmanaged, IHostVector<TV>
{
    private readonly TV _low;
    private readonly TV _high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HostPair(TV low, TV high)
    {
        _low = low;
        _high = high;
    }

    /// <inheritdoc/>
    public static int Length => 2 * TV.Length;

    /// <inheritdoc/>
    public static HostPair<TV> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(TV.Zero, TV.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostPair<TV> Load(float* source) => new(TV.Load(source), TV.Load(source + TV.Length));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostPair<TV> Broadcast(float value) => new(TV.Broadcast(value), TV.Broadcast(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostPair<TV> MultiplyAdd(HostPair<TV> a, HostPair<TV> b, HostPair<TV> c) => new(TV.MultiplyAdd(a._low, b._low, c._low), TV.MultiplyAdd(a._high, b._high, c._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostPair<TV> Add(HostPair<TV> a, HostPair<TV> b) => new(TV.Add(a._low, b._low), TV.Add(a._high, b._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostPair<TV> Subtract(HostPair<TV> a, HostPair<TV> b) => new(TV.Subtract(a._low, b._low), TV.Subtract(a._high, b._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostPair<TV> Multiply(HostPair<TV> a, HostPair<TV> b) => new(TV.Multiply(a._low, b._low), TV.Multiply(a._high, b._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostPair<TV> Relu(HostPair<TV> a) => new(TV.Relu(a._low), TV.Relu(a._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostPair<TV> Mask(HostPair<TV> a, HostPair<TV> key) => new(TV.Mask(a._low, key._low), TV.Mask(a._high, key._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(double* sums)
    {
        _low.AddTo(sums);
        _high.AddTo(sums + TV.Length);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target)
    {
        _low.Store(target);
        _high.Store(target + TV.Length);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stream(float* target)
    {
        _low.Stream(target);
        _high.Stream(target + TV.Length);
    }
}
