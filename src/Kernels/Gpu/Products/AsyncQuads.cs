using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Asynchronous copies of 16 bytes.</summary>
public readonly struct AsyncQuads : ITransfer
{
    /// <inheritdoc/>
    public static int Width => 4;

    /// <inheritdoc/>
    public static void Copy(ArrayView<float> source, long address, int index, bool inside, ArrayView<float> shared, int target) =>
        AsyncCopies.Copy16(address, index, target * 4, inside ? 16 : 0);

    /// <inheritdoc/>
    public static void Wait() => AsyncCopies.Wait();
}
