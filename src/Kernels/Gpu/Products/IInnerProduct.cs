using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The inner loop of a product: one stage in shared memory into a warp's registers.</summary>
public interface IInnerProduct
{
    /// <summary>Registers a thread that it may use; the assembler is told the number of blocks that follows.</summary>
    static abstract int Registers { get; }

    /// <summary>Before the first stage.</summary>
    static abstract void Start();

    /// <summary>Adds the products of one stage.</summary>
    /// <param name="sums">The thread's accumulators, unless the loop keeps its own until <see cref="Finish"/>.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="left">The left operand's layout and place.</param>
    /// <param name="right">The right operand's.</param>
    static abstract void Multiply(ref Accumulators sums, ArrayView<float> shared, StageOperand left, StageOperand right);

    /// <summary>After the last stage, when nobody reads the stages any more: all sums are in <paramref name="sums"/>.</summary>
    static abstract void Finish(ref Accumulators sums, ArrayView<float> shared);
}
