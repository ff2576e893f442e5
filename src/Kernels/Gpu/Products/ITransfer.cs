using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>How numbers come from global into shared memory.</summary>
public interface ITransfer
{
    /// <summary>Floats a copy: 4 where everything is aligned to 16 bytes, else 1.</summary>
    static abstract int Width { get; }

    /// <summary>Starts a copy of <see cref="Width"/> floats; writes zeros where <paramref name="inside"/> is false.</summary>
    /// <param name="source">The buffer.</param>
    /// <param name="address">Its address, where the device has one.</param>
    /// <param name="index">The first float.</param>
    /// <param name="inside">Whether it exists.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="target">The place in it.</param>
    static abstract void Copy(ArrayView<float> source, long address, int index, bool inside, ArrayView<float> shared, int target);

    /// <summary>Waits for the thread's own copies.</summary>
    static abstract void Wait();
}
