using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Multiply-adds in float32, on any device.</summary>
/// <remarks>The 16 terms of a stage are summed by themselves before they join the others: an error then grows with the number of stages, not of terms. A
/// ReLU whose input is almost zero falls on the same side as in a sum by blocks on a processor far more often.</remarks>
public readonly struct ScalarProduct : IInnerProduct
{
    /// <summary>As many as there are: a stage's sums have accumulators of their own.</summary>
    public static int Registers => 255;

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
        var stage = default(Accumulators);
        for (var depth = 0; depth < 16; depth += 4)
        {
            var low = right.Read(shared, column, depth).Transposed();
            var high = right.Read(shared, column + 4, depth).Transposed();
            var top = left.Read(shared, row, depth);
            Row(ref stage.R0, top.Q0, low, high);
            Row(ref stage.R1, top.Q1, low, high);
            Row(ref stage.R2, top.Q2, low, high);
            Row(ref stage.R3, top.Q3, low, high);
            var bottom = left.Read(shared, row + 32, depth);
            Row(ref stage.R4, bottom.Q0, low, high);
            Row(ref stage.R5, bottom.Q1, low, high);
            Row(ref stage.R6, bottom.Q2, low, high);
            Row(ref stage.R7, bottom.Q3, low, high);
        }

        sums.R0.Add(stage.R0);
        sums.R1.Add(stage.R1);
        sums.R2.Add(stage.R2);
        sums.R3.Add(stage.R3);
        sums.R4.Add(stage.R4);
        sums.R5.Add(stage.R5);
        sums.R6.Add(stage.R6);
        sums.R7.Add(stage.R7);
    }

    private static void Row(ref Octet sums, Quad a, Block4x4 low, Block4x4 high)
    {
        sums.MultiplyAdd(a.X, low.Q0, high.Q0);
        sums.MultiplyAdd(a.Y, low.Q1, high.Q1);
        sums.MultiplyAdd(a.Z, low.Q2, high.Q2);
        sums.MultiplyAdd(a.W, low.Q3, high.Q3);
    }
}
