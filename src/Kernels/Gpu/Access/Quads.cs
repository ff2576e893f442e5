using ILGPU;
using ILGPU.Runtime;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>128-bit accesses to global or shared memory. Views start at multiples of 16 bytes, indices count floats and are multiples of 4.</summary>
public static class Quads
{
    /// <summary>Floats index..index+3, in one instruction.</summary>
    public static Quad Load(ArrayView<float> view, long index) => view.AsAligned(16).Cast<Quad>()[index >> 2];

    /// <summary>The same in 32-bit arithmetic, for shared memory and small tensors.</summary>
    public static Quad Load(ArrayView<float> view, int index) => view.AsAligned(16).Cast<Quad>()[index >> 2];

    /// <summary>Sets floats index..index+3 in 32-bit arithmetic.</summary>
    public static void Store(ArrayView<float> view, int index, Quad value) => view.AsAligned(16).Cast<Quad>()[index >> 2] = value;

    /// <summary>Sets floats index..index+3.</summary>
    public static void Store(ArrayView<float> view, long index, Quad value) => view.AsAligned(16).Cast<Quad>()[index >> 2] = value;
}
