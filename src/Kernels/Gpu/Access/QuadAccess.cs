using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>128 bits at a time: where views start at multiples of 16 bytes and rows are multiples of four floats.</summary>
public readonly struct QuadAccess : IAccess
{
    /// <inheritdoc/>
    public static int Width => 4;

    /// <inheritdoc/>
    public static Quad Load(ArrayView<float> view, long index) => Quads.Load(view, index);

    /// <inheritdoc/>
    public static void Store(ArrayView<float> view, long index, Quad value) => Quads.Store(view, index, value);
}
