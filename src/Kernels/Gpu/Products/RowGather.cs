using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The left operand of the passes whose rows are pixels: channels of the pixels under a filter's taps.</summary>
/// <param name="Tap">The set with the stage's tap, see <see cref="ProductRow.Tap"/>.</param>
/// <param name="Step">Floats from a row's first term to the thread's of the stage.</param>
/// <param name="Source">The operand.</param>
/// <param name="Address">Its address.</param>
/// <param name="Shared">Shared memory.</param>
/// <param name="Rows">The block's rows.</param>
/// <param name="Stage">Where the operand's stage starts.</param>
/// <param name="Target">Where the thread's first copy goes in it.</param>
internal readonly record struct RowGather<TTile, TTransfer>(
    int Tap, int Step, ArrayView<float> Source, long Address, ArrayView<float> Shared, RowTable Rows, int Stage, int Target) : IStageCopy
    where TTile : unmanaged, IProductTile
    where TTransfer : unmanaged, ITransfer
{
    /// <summary>Copies the thread's part of a stage.</summary>
    /// <param name="at">The thread's term.</param>
    /// <param name="width">The source's width.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="depth">Terms of a sum.</param>
    /// <param name="direction">1 where taps go down and right, -1 where they go up and left.</param>
    /// <param name="source">The operand.</param>
    /// <param name="address">Its address.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="stage">Where the operand's stage starts.</param>
    /// <param name="target">Where the thread's first copy goes in it.</param>
    public static void Load(
        TapWalker at, int width, int channels, int depth, int direction, ArrayView<float> source, long address, ArrayView<float> shared, RowTable rows, int stage, int target)
    {
        var tap = at.Depth < depth ? ProductRow.Tap(at.R, at.S) : ProductRow.NoTap;
        var step = (direction * ((at.R * width) + at.S) * channels) + at.C;
        StageCopies<TTransfer>.Start(
            new RowGather<TTile, TTransfer>(tap, step, source, address, shared, rows, stage, target), ProductTile<TTile>.Rows * StageCopies<TTransfer>.OfRow / ProductTile<TTile>.Threads);
    }

    /// <inheritdoc/>
    public void Start(int i)
    {
        var entry = Rows[StageCopies<TTransfer>.Row + (i * StageCopies<TTransfer>.RowsApart(ProductTile<TTile>.Threads))];
        TTransfer.Copy(Source, Address, entry.Base + Step, (entry.Taps & Tap) == Tap, Shared, Stage + StageCopies<TTransfer>.Target(Target, i, ProductTile<TTile>.Threads));
    }
}
