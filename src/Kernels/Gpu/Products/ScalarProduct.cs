using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Multiply-adds in float32, on any device.</summary>
public readonly struct ScalarProduct : IInnerProduct
{
    /// <summary>With 128, some passes spill; the multiply-adds of 8 warps keep a multiprocessor busy.</summary>
    public static int Registers => 168;

    /// <inheritdoc/>
    public static void Start()
    {
    }

    /// <inheritdoc/>
    public static void Finish(ref Accumulators sums, ArrayView<float> shared)
    {
    }

    /// <inheritdoc/>
    public static void Multiply(ref Accumulators sums, ArrayView<float> shared, StageOperand left, StageOperand right)
    {
        var lane = Group.IdxX & 31;
        var row = (lane >> 2) * 4;
        var column = (lane & 3) * 8;
        for (var depth = 0; depth < 16; depth += 4)
        {
            var low = right.Read(shared, column, depth).Transposed();
            var high = right.Read(shared, column + 4, depth).Transposed();
            var top = left.Read(shared, row, depth);
            Row(ref sums.R0, top.Q0, low, high);
            Row(ref sums.R1, top.Q1, low, high);
            Row(ref sums.R2, top.Q2, low, high);
            Row(ref sums.R3, top.Q3, low, high);
            var bottom = left.Read(shared, row + 32, depth);
            Row(ref sums.R4, bottom.Q0, low, high);
            Row(ref sums.R5, bottom.Q1, low, high);
            Row(ref sums.R6, bottom.Q2, low, high);
            Row(ref sums.R7, bottom.Q3, low, high);
        }
    }

    private static void Row(ref Octet sums, Quad a, Block4x4 low, Block4x4 high)
    {
        sums.MultiplyAdd(a.X, low.Q0, high.Q0);
        sums.MultiplyAdd(a.Y, low.Q1, high.Q1);
        sums.MultiplyAdd(a.Z, low.Q2, high.Q2);
        sums.MultiplyAdd(a.W, low.Q3, high.Q3);
    }
}
