using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CudaNoisy.Kernels.Host;

/// <summary>8 floats.</summary>
public readonly unsafe struct HostVector256 : IHostVector<HostVector256>
{
    private readonly Vector256<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HostVector256(Vector256<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Length => 8;

    /// <inheritdoc/>
    public static HostVector256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector256 Load(float* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector256 Broadcast(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector256 MultiplyAdd(HostVector256 a, HostVector256 b, HostVector256 c) => new(Vector256.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector256 Add(HostVector256 a, HostVector256 b) => new(a._value + b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector256 Subtract(HostVector256 a, HostVector256 b) => new(a._value - b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector256 Multiply(HostVector256 a, HostVector256 b) => new(a._value * b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector256 Relu(HostVector256 a) => new(Vector256.Max(a._value, Vector256<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostVector256 Mask(HostVector256 a, HostVector256 key) => new(Vector256.ConditionalSelect(Vector256.GreaterThan(key._value, Vector256<float>.Zero), a._value, Vector256<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(double* sums)
    {
        var (low, high) = Vector256.Widen(_value);
        (Vector256.Load(sums) + low).Store(sums);
        (Vector256.Load(sums + 4) + high).Store(sums + 4);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => _value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stream(float* target) => _value.StoreAlignedNonTemporal(target);
}
