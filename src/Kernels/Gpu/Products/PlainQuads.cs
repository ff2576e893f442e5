using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Copies of 16 bytes through registers, on any device.</summary>
public readonly struct PlainQuads : ITransfer
{
    /// <inheritdoc/>
    public static int Width => 4;

    /// <inheritdoc/>
    public static void Copy(ArrayView<float> source, long address, int index, bool inside, ArrayView<float> shared, int target) =>
        Quads.Store(shared, target, inside ? Quads.Load(source, index) : default);

    /// <inheritdoc/>
    public static void Wait()
    {
    }
}
