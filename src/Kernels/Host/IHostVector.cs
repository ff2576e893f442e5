namespace CudaNoisy.Kernels.Host;

/// <summary>A register of floats of one width, so that a micro-kernel is written once for all widths.</summary>
/// <typeparam name="TSelf">The register type.</typeparam>
public unsafe interface IHostVector<TSelf>
    where TSelf : unmanaged, IHostVector<TSelf>
{
    /// <summary>Floats in a register.</summary>
    static abstract int Length { get; }

    /// <summary>All zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>Reads a register, aligned or not.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>One float in all places.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>a * b + c.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>a + b.</summary>
    static abstract TSelf Add(TSelf a, TSelf b);

    /// <summary>a - b.</summary>
    static abstract TSelf Subtract(TSelf a, TSelf b);

    /// <summary>a * b.</summary>
    static abstract TSelf Multiply(TSelf a, TSelf b);

    /// <summary>max(a, 0).</summary>
    static abstract TSelf Relu(TSelf a);

    /// <summary>a where key &gt; 0, else 0.</summary>
    static abstract TSelf Mask(TSelf a, TSelf key);

    /// <summary>Adds every float to the double at its place.</summary>
    void AddTo(double* sums);

    /// <summary>Writes a register.</summary>
    void Store(float* target);

    /// <summary>Writes a register to memory past the caches; the target is aligned to the register's length.</summary>
    void Stream(float* target);
}
