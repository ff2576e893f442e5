using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>One float at a time, anywhere.</summary>
public readonly struct SingleAccess : IAccess
{
    /// <inheritdoc/>
    public static int Width => 1;

    /// <inheritdoc/>
    public static Quad Load(ArrayView<float> view, long index) => new(view[index], 0, 0, 0);

    /// <inheritdoc/>
    public static void Store(ArrayView<float> view, long index, Quad value) => view[index] = value.X;
}
