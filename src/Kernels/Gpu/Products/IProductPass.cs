using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>A convolution's pass as a matrix product: what its rows, columns and terms are, and how they come into shared memory. One a thread.</summary>
/// <typeparam name="TSelf">The pass.</typeparam>
public interface IProductPass<TSelf>
    where TSelf : unmanaged, IProductPass<TSelf>
{
    /// <summary>Whether convolutions are made of it: what the tiles and their registers are chosen for.</summary>
    static abstract bool IsMain { get; }

    /// <summary>Whether the left operand's terms (not its rows) are neighbours in memory.</summary>
    static abstract bool LeftAlongDepth { get; }

    /// <summary>Whether the right operand's terms (not its columns) are neighbours in memory.</summary>
    static abstract bool RightAlongDepth { get; }

    /// <summary>Whether a batch-norm's moments may be asked of it, see <see cref="ColumnMoments"/>.</summary>
    static abstract bool LeavesMoments { get; }

    /// <summary>Whether the sums of a batch-norm's backward pass may be asked of it, see <see cref="CotangentSums"/>.</summary>
    static abstract bool LeavesSums { get; }

    /// <summary>Whether an operand is mapped in shared memory, see <see cref="IOperandMap"/>.</summary>
    static abstract bool Maps { get; }

    /// <summary>Floats of shared memory a block for the second tensors of operands that are mapped.</summary>
    static abstract int OtherLength<TTile>()
        where TTile : unmanaged, IProductTile;

    /// <summary>The pass of a convolution.</summary>
    /// <param name="s">The sizes.</param>
    /// <param name="phase">Which of the interleaved products, 0 where there is one.</param>
    static abstract TSelf Create(Conv2dShape s, int phase);

    /// <summary>Rows of the product.</summary>
    int Rows { get; }

    /// <summary>Columns.</summary>
    int Columns { get; }

    /// <summary>Terms of a sum.</summary>
    int Depth { get; }

    /// <summary>What a row stands for.</summary>
    ProductRow Row(int row);

    /// <summary>Moves the thread to its first copies of the stage that starts at a term.</summary>
    /// <param name="depth">The term.</param>
    /// <param name="firstColumn">The block's first column.</param>
    /// <param name="rows">The block's rows.</param>
    void Seek<TTile, TTransfer>(int depth, int firstColumn, RowTable rows)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer;

    /// <summary>Copies the thread's part of a stage.</summary>
    /// <param name="operands">The buffers.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="stage">Where the stage starts.</param>
    /// <param name="firstColumn">The block's first column.</param>
    void Load<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer;

    /// <summary>Moves from a stage whose copies have been mapped to the next.</summary>
    void Advance();

    /// <summary>Maps what the thread's copies of the stage brought, as soon as they are there.</summary>
    /// <inheritdoc cref="Load"/>
    void Map<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, RowTable rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer;
}
