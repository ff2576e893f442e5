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
/// <param name="Mapping">The second tensor of an operand that has one.</param>
internal readonly record struct RowGather<TTile, TTransfer, TMap>(
    int Tap, int Step, ArrayView<float> Source, long Address, ArrayView<float> Shared, RowTable Rows, int Stage, int Target, OperandMapping Mapping) : IStageCopy
    where TTile : unmanaged, IProductTile
    where TTransfer : unmanaged, ITransfer
    where TMap : unmanaged, IOperandMap
{
    private static int Count => ProductTile<TTile>.Rows * StageCopies<TTransfer>.OfRow / ProductTile<TTile>.Threads;

    /// <summary>Copies the thread's part of a stage.</summary>
    /// <param name="at">The thread's term.</param>
    /// <param name="tap">Its set, see <see cref="TapOf"/>.</param>
    /// <param name="width">The source's width.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="direction">1 where taps go down and right, -1 where they go up and left.</param>
    /// <param name="source">The operand.</param>
    /// <param name="address">Its address.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="stage">Where the operand's stage starts.</param>
    /// <param name="target">Where the thread's first copy goes in it.</param>
    /// <param name="mapping">The second tensor of an operand that has one.</param>
    public static void Load(
        TapWalker at, int tap, int width, int channels, int direction, ArrayView<float> source, long address, ArrayView<float> shared, RowTable rows, int stage, int target, OperandMapping mapping)
    {
        var step = (direction * ((at.R * width) + at.S) * channels) + at.C;
        StageCopies<TTransfer>.Start(
            new RowGather<TTile, TTransfer, TMap>(tap, step, source, address, shared, rows, stage, target, mapping), Count);
    }

    /// <summary>The set with a thread's tap; of a term past the end, the one that no row has.</summary>
    public static int TapOf(TapWalker at, int depth) => at.Depth < depth ? ProductRow.Tap(at.R, at.S) : ProductRow.NoTap;

    /// <summary>Maps what the thread's copies of a stage brought.</summary>
    /// <param name="at">The thread's term.</param>
    /// <param name="tap">Its set.</param>
    /// <param name="channels">Channels of the operand.</param>
    /// <param name="shared">Shared memory.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="stage">Where the operand's stage starts.</param>
    /// <param name="target">Where the thread's first copy went in it.</param>
    /// <param name="table">The channels' numbers.</param>
    public static void Map(TapWalker at, int tap, int channels, ArrayView<float> shared, RowTable rows, int stage, int target, ArrayView<float> table)
    {
        if (TMap.IsMap && tap != ProductRow.NoTap)
            StageCopies<TTransfer>.Start(new RowMapping<TTile, TTransfer, TMap>(tap, ChannelMap.Load<TMap>(table, channels, at.C), shared, rows, stage, target), Count);
    }

    /// <inheritdoc/>
    public void Start(int i)
    {
        var entry = Rows[StageCopies<TTransfer>.Row + (i * StageCopies<TTransfer>.RowsApart(ProductTile<TTile>.Threads))];
        var inside = (entry.Taps & Tap) == Tap;
        TTransfer.Copy(Source, Address, entry.Base + Step, inside, Shared, Stage + StageCopies<TTransfer>.Target(Target, i, ProductTile<TTile>.Threads));
        MappedQuad<TTile, TTransfer, TMap>.CopyOther(i, Mapping, entry.Base + Step, inside, Shared);
    }
}
