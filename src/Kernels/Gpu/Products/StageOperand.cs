using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>An operand's part of a stage, as one warp sees it.</summary>
/// <param name="AlongDepth">Its layout, see <see cref="SharedLayout"/>.</param>
/// <param name="Start">Where it starts in a stage.</param>
/// <param name="Rows">Rows (of the right operand: columns) of the block.</param>
/// <param name="First">The warp's first row.</param>
public readonly record struct StageOperand(bool AlongDepth, int Start, int Rows, int First)
{
    /// <summary>Byte address in the first stage of the quad number <paramref name="quad"/> of rows First+row.. and terms depth..: of that row, or of that term.</summary>
    public int Address(int row, int depth, int quad) => Place(row, depth, quad) * sizeof(float);

    /// <summary>From the stage that starts at <paramref name="stage"/>: rows First+row..+3 and terms depth..depth+3; both multiples of 4.</summary>
    public Block4x4 Read(ArrayView<float> shared, int stage, int row, int depth)
    {
        var block = new Block4x4(
            Quads.Load(shared, stage + Place(row, depth, 0)), Quads.Load(shared, stage + Place(row, depth, 1)), Quads.Load(shared, stage + Place(row, depth, 2)), Quads.Load(shared, stage + Place(row, depth, 3)));
        return AlongDepth ? block : block.Transposed();
    }

    private int Place(int row, int depth, int quad) =>
        Start + (AlongDepth ? SharedLayout.AlongDepth(First + row + quad, depth) : SharedLayout.AlongRows(Rows, First + row, depth + quad));
}
