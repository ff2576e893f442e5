using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The inner loop of a product: one stage in shared memory into a warp's registers. One a thread.</summary>
/// <typeparam name="TSelf">The loop.</typeparam>
public interface IInnerProduct<TSelf>
    where TSelf : unmanaged, IInnerProduct<TSelf>
{
    /// <summary>Registers a thread that it may use; the assembler is told the number of blocks that follows.</summary>
    static abstract int Registers { get; }

    /// <summary>Whether it can write its sums itself, see <see cref="Write"/>.</summary>
    static abstract bool Writes { get; }

    /// <summary>The loop before the first stage.</summary>
    /// <param name="left">The left operand's layout and place in a stage.</param>
    /// <param name="right">The right operand's.</param>
    static abstract TSelf Create(StageOperand left, StageOperand right);

    /// <summary>Adds the products of one stage.</summary>
    /// <param name="sums">The thread's accumulators, unless the loop keeps its own until <see cref="Finish"/>.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="stage">Where the stage starts.</param>
    void Multiply(ref Accumulators sums, ArrayView<float> shared, int stage);

    /// <summary>After the last stage, when nobody reads the stages any more: all sums are in <paramref name="sums"/>.</summary>
    static abstract void Finish(ref Accumulators sums, ArrayView<float> shared);

    /// <summary>Writes the sums as they are, 128 bits at a time, instead of <see cref="Finish"/>.</summary>
    /// <param name="address">The address of the thread's first column in row 0 of the result.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="first">The thread's first row.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="left">Columns from the thread's first to the last.</param>
    static abstract void Write(long address, RowTable rows, int first, int columns, int left);
}
