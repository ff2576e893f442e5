using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Multiply-adds in float32, on any device.</summary>
/// <remarks>The 16 terms of a stage are summed by themselves before they join the others: an error then grows with the number of stages, not of terms. A
/// ReLU whose input is almost zero falls on the same side as in a sum by blocks on a processor far more often.</remarks>
public struct ScalarProduct : IInnerProduct<ScalarProduct>
{
    private StageOperand _left;
    private StageOperand _right;

    /// <summary>As many as there are: a stage's sums have accumulators of their own.</summary>
    public static int Registers => 255;

    /// <inheritdoc/>
    public static bool Writes => false;

    /// <inheritdoc/>
    public static ScalarProduct Create(StageOperand left, StageOperand right) => new() { _left = left, _right = right };

    /// <inheritdoc/>
    public static void Finish(ref Accumulators sums, ArrayView<float> shared)
    {
    }

    /// <inheritdoc/>
    public static void Write(long address, RowTable rows, int first, int columns, int left)
    {
    }

    /// <inheritdoc/>
    public readonly void Multiply(ref Accumulators sums, ArrayView<float> shared, int stage)
    {
        var lane = Group.IdxX & 31;
        var row = (lane >> 2) * 4;
        var column = (lane & 3) * 8;
        var own = default(Accumulators);
        for (var depth = 0; depth < 16; depth += 4)
        {
            var low = _right.Read(shared, stage, column, depth).Transposed();
            var high = _right.Read(shared, stage, column + 4, depth).Transposed();
            var top = _left.Read(shared, stage, row, depth);
            Row(ref own.R0, top.Q0, low, high);
            Row(ref own.R1, top.Q1, low, high);
            Row(ref own.R2, top.Q2, low, high);
            Row(ref own.R3, top.Q3, low, high);
            var bottom = _left.Read(shared, stage, row + 32, depth);
            Row(ref own.R4, bottom.Q0, low, high);
            Row(ref own.R5, bottom.Q1, low, high);
            Row(ref own.R6, bottom.Q2, low, high);
            Row(ref own.R7, bottom.Q3, low, high);
        }

        sums.R0.Add(own.R0);
        sums.R1.Add(own.R1);
        sums.R2.Add(own.R2);
        sums.R3.Add(own.R3);
        sums.R4.Add(own.R4);
        sums.R5.Add(own.R5);
        sums.R6.Add(own.R6);
        sums.R7.Add(own.R7);
    }

    private static void Row(ref Octet sums, Quad a, Block4x4 low, Block4x4 high)
    {
        sums.MultiplyAdd(a.X, low.Q0, high.Q0);
        sums.MultiplyAdd(a.Y, low.Q1, high.Q1);
        sums.MultiplyAdd(a.Z, low.Q2, high.Q2);
        sums.MultiplyAdd(a.W, low.Q3, high.Q3);
    }
}
