using ILGPU;
using ILGPU.Runtime;

namespace CudaNoisy.Runtime;

/// <summary>What a device allows, asked at run time.</summary>
internal sealed class IlgpuLimits(Accelerator accelerator)
{
    /// <summary>Threads a group.</summary>
    public int Threads { get; } = accelerator.MaxNumThreadsPerGroup;

    /// <summary>Bytes of shared memory a group.</summary>
    public int SharedBytes { get; } = accelerator.MaxSharedMemoryPerGroup;

    /// <summary>Multiprocessors.</summary>
    public int Multiprocessors { get; } = accelerator.NumMultiprocessors;

    /// <summary>A launch's configuration.</summary>
    /// <exception cref="DeviceLimitException">The device does not allow it.</exception>
    public KernelConfig Config(long gridX, long gridY, long gridZ, int threads)
    {
        Check("threads a group", Threads, threads);
        Check("groups in a grid", accelerator.MaxGridSize.X, gridX);
        Check("groups in a grid's second direction", accelerator.MaxGridSize.Y, gridY);
        Check("groups in a grid's third direction", accelerator.MaxGridSize.Z, gridZ);
        return new KernelConfig(new Index3D((int)gridX, (int)gridY, (int)gridZ), new Index3D(threads, 1, 1));
    }

    /// <summary>Checks a number against its limit.</summary>
    /// <exception cref="DeviceLimitException">It is larger.</exception>
    public void Check(string what, long limit, long needed)
    {
        if (needed > limit)
            throw new DeviceLimitException(accelerator.Name, what, limit, needed);
    }
}
