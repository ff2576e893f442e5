using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The map of the pixels that backward filter copied.</summary>
/// <param name="Inside">A bit for each copy: whether it lay inside the image.</param>
/// <param name="Map">The numbers of the thread's channels.</param>
/// <param name="Shared">Shared memory.</param>
/// <param name="Stage">Where the operand's stage starts.</param>
/// <param name="Row">The thread's row.</param>
/// <param name="Term">The term of its first copy.</param>
/// <param name="Pixels">Terms from one of its copies to the next.</param>
internal readonly record struct PixelMapping<TTile, TTransfer, TMap>(int Inside, ChannelMap Map, ArrayView<float> Shared, int Stage, int Row, int Term, int Pixels) : IStageCopy
    where TTile : unmanaged, IProductTile
    where TTransfer : unmanaged, ITransfer
    where TMap : unmanaged, IOperandMap
{
    /// <inheritdoc/>
    public void Start(int i)
    {
        if (((Inside >> i) & 1) != 0)
            MappedQuad<TTile, TTransfer, TMap>.Apply(i, Map, Shared, Stage + SharedLayout.AlongRows(ProductTile<TTile>.Rows, Row, Term + (i * Pixels)));
    }
}
