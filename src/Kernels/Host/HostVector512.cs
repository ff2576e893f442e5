using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CudaNoisy.Kernels.Host;

/// <summary>16 floats.</summary>
public readonly unsafe struct HostVector512 : IHostVector<HostVector512>
{
    private readonly Vector512<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HostVector512(Vector512<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Length => 16;

    /// <inheritdoc/>
    public static HostVector512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector512 Load(float* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector512 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector512 MultiplyAdd(HostVector512 a, HostVector512 b, HostVector512 c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector512 Add(HostVector512 a, HostVector512 b) => new(a._value + b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector512 Subtract(HostVector512 a, HostVector512 b) => new(a._value - b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector512 Multiply(HostVector512 a, HostVector512 b) => new(a._value * b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector512 Relu(HostVector512 a) => new(Vector512.Max(a._value, Vector512<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector512 Mask(HostVector512 a, HostVector512 key) => new(Vector512.ConditionalSelect(Vector512.GreaterThan(key._value, Vector512<float>.Zero), a._value, Vector512<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(double* sums)
    {
        var (low, high) = Vector512.Widen(_value);
        (Vector512.Load(sums) + low).Store(sums);
        (Vector512.Load(sums + 8) + high).Store(sums + 8);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => _value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stream(float* target) => _value.StoreAlignedNonTemporal(target);
}
