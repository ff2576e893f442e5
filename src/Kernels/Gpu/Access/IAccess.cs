using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>How wide a thread reads and writes.</summary>
public interface IAccess
{
    /// <summary>Floats an access.</summary>
    static abstract int Width { get; }

    /// <summary>Reads <see cref="Width"/> floats from an index that is a multiple of it; the rest is 0.</summary>
    static abstract Quad Load(ArrayView<float> view, long index);

    /// <summary>Writes <see cref="Width"/> floats.</summary>
    static abstract void Store(ArrayView<float> view, long index, Quad value);
}
