using System.Numerics.Tensors;

namespace CudaNoisy.Runtime;

/// <summary>Sums of the columns of x (Rows, Columns): one part a fixed sixteenth of the rows.</summary>
internal unsafe struct ColumnSums : IHostJob
{
    private const int Blocks = 16;

    public float* X;
    public long Rows;
    public int Columns;
    public float* Partials;

    public readonly void Execute(int part, int worker)
    {
        var sums = new Span<float>(Partials + ((long)part * Columns), Columns);
        sums.Clear();
        for (var row = Rows * part / Blocks; row < Rows * (part + 1) / Blocks; row++)
            TensorPrimitives.Add(sums, new ReadOnlySpan<float>(X + (row * Columns), Columns), sums);
    }
}
