using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Copies of one float through a register, on any device.</summary>
public readonly struct PlainSingles : ITransfer
{
    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static void Copy(ArrayView<float> source, long address, int index, bool inside, ArrayView<float> shared, int target) =>
        shared[target] = inside ? source[index] : 0f;

    /// <inheritdoc/>
    public static void Wait()
    {
    }
}
