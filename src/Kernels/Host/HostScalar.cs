using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>One float: what is left of a row behind its last whole register.</summary>
public readonly unsafe struct HostScalar : IHostVector<HostScalar>
{
    private readonly float _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HostScalar(float value) => _value = value;

    /// <inheritdoc/>
    public static int Length => 1;

    /// <inheritdoc/>
    public static HostScalar Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostScalar Load(float* source) => new(*source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostScalar Broadcast(float value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostScalar MultiplyAdd(HostScalar a, HostScalar b, HostScalar c) => new(MathF.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostScalar Add(HostScalar a, HostScalar b) => new(a._value + b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostScalar Subtract(HostScalar a, HostScalar b) => new(a._value - b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostScalar Multiply(HostScalar a, HostScalar b) => new(a._value * b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostScalar Relu(HostScalar a) => new(MathF.Max(a._value, 0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HostScalar Mask(HostScalar a, HostScalar key) => new(key._value > 0 ? a._value : 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(double* sums) => *sums += _value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => *target = _value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stream(float* target) => *target = _value;
}
