using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Sums over a group in a fixed order: a tree in shared memory. Group sizes are powers of two.</summary>
public static class GpuReduce
{
    /// <summary>The sum of all threads' values, in every thread.</summary>
    public static float Sum(float value, ArrayView<float> shared)
    {
        Group.Barrier();
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
                shared[Group.IdxX] += shared[Group.IdxX + half];
            Group.Barrier();
        }

        return shared[0];
    }

    /// <inheritdoc cref="Sum(float, ArrayView{float})"/>
    public static long Sum(long value, ArrayView<long> shared)
    {
        Group.Barrier();
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
                shared[Group.IdxX] += shared[Group.IdxX + half];
            Group.Barrier();
        }

        return shared[0];
    }

    /// <summary>The largest of all threads' values, in every thread.</summary>
    public static float Max(float value, ArrayView<float> shared)
    {
        Group.Barrier();
        shared[Group.IdxX] = value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half && shared[Group.IdxX + half] > shared[Group.IdxX])
                shared[Group.IdxX] = shared[Group.IdxX + half];
            Group.Barrier();
        }

        return shared[0];
    }
}
