using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Asynchronous copies of 4 bytes.</summary>
public readonly struct AsyncSingles : ITransfer
{
    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static void Copy(ArrayView<float> source, long address, int index, bool inside, ArrayView<float> shared, int target) =>
        AsyncCopies.Copy4(address, index, target * 4, inside ? 4 : 0);

    /// <inheritdoc/>
    public static void Wait() => AsyncCopies.Wait();
}
