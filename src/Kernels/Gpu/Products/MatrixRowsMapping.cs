using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The map of what a <see cref="MatrixRowsCopy{TTile,TTransfer,TMap}"/> brought.</summary>
/// <param name="Map">The numbers of the thread's channels.</param>
/// <param name="Shared">Shared memory.</param>
/// <param name="Stage">Where the operand's stage starts.</param>
/// <param name="Width">Columns a block.</param>
internal readonly record struct MatrixRowsMapping<TTile, TTransfer, TMap>(ChannelMap Map, ArrayView<float> Shared, int Stage, int Width) : IStageCopy
    where TTile : unmanaged, IProductTile
    where TTransfer : unmanaged, ITransfer
    where TMap : unmanaged, IOperandMap
{
    /// <inheritdoc/>
    public void Start(int i) => MappedQuad<TTile, TTransfer, TMap>.Apply(i, Map, Shared, Stage + MatrixRows.QuadTarget<TTile>(i, Width));
}
