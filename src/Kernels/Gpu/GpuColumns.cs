using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Sums over the rows of (rows, columns), one group a column.</summary>
public static class GpuColumns
{
    /// <summary>sums[c] += sum over rows of x[row, c].</summary>
    public static void Sums(long rows, int columns, ArrayView<float> x, ArrayView<float> sums)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var column = Grid.IdxX;
        var sum = 0f;
        for (long row = Group.IdxX; row < rows; row += Group.DimX)
            sum += x[(row * columns) + column];
        sum = GpuReduce.Sum(sum, shared);
        if (Group.IdxX == 0)
            sums[column] += sum;
    }
}
