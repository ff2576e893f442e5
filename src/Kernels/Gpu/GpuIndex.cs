using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Places of threads.</summary>
public static class GpuIndex
{
    /// <summary>The largest group any kernel is launched with.</summary>
    public const int MaxGroup = 256;

    /// <summary>The thread's number in the grid.</summary>
    public static long Global => ((long)Grid.IdxX * Group.DimX) + Group.IdxX;
}
