using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CudaNoisy.Kernels.Host;

/// <summary>4 floats.</summary>
public readonly unsafe struct HostVector128 : IHostVector<HostVector128>
{
    private readonly Vector128<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HostVector128(Vector128<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Length => 4;

    /// <inheritdoc/>
    public static HostVector128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector128 Load(float* source) => new(Vector128.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector128 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector128 MultiplyAdd(HostVector128 a, HostVector128 b, HostVector128 c) => new(Vector128.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector128 Add(HostVector128 a, HostVector128 b) => new(a._value + b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector128 Subtract(HostVector128 a, HostVector128 b) => new(a._value - b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector128 Multiply(HostVector128 a, HostVector128 b) => new(a._value * b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector128 Relu(HostVector128 a) => new(Vector128.Max(a._value, Vector128<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector128 Mask(HostVector128 a, HostVector128 key) => new(Vector128.ConditionalSelect(Vector128.GreaterThan(key._value, Vector128<float>.Zero), a._value, Vector128<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(double* sums)
    {
        var (low, high) = Vector128.Widen(_value);
        (Vector128.Load(sums) + low).Store(sums);
        (Vector128.Load(sums + 2) + high).Store(sums + 2);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => _value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stream(float* target) => _value.StoreAlignedNonTemporal(target);
}
