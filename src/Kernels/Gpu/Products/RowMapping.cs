using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The map of what a <see cref="RowGather{TTile,TTransfer,TMap}"/> brought.</summary>
/// <param name="Tap">The set with the stage's tap.</param>
/// <param name="Map">The numbers of the thread's channels.</param>
/// <param name="Shared">Shared memory.</param>
/// <param name="Rows">The block's rows.</param>
/// <param name="Stage">Where the operand's stage starts.</param>
/// <param name="Target">Where the thread's first copy went in it.</param>
internal readonly record struct RowMapping<TTile, TTransfer, TMap>(int Tap, ChannelMap Map, ArrayView<float> Shared, RowTable Rows, int Stage, int Target) : IStageCopy
    where TTile : unmanaged, IProductTile
    where TTransfer : unmanaged, ITransfer
    where TMap : unmanaged, IOperandMap
{
    /// <inheritdoc/>
    public void Start(int i)
    {
        var entry = Rows[StageCopies<TTransfer>.Row + (i * StageCopies<TTransfer>.RowsApart(ProductTile<TTile>.Threads))];
        if ((entry.Taps & Tap) == Tap)
            MappedQuad<TTile, TTransfer, TMap>.Apply(i, Map, Shared, Stage + StageCopies<TTransfer>.Target(Target, i, ProductTile<TTile>.Threads));
    }
}
