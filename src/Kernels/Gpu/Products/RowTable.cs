using ILGPU;
using ILGPU.Runtime;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>A block's <see cref="ProductRow"/>s in shared memory: the entries of all rows, then where they are written to.</summary>
/// <param name="Shared">The block's shared memory.</param>
/// <param name="Start">Where the table starts, a multiple of two.</param>
/// <param name="Rows">Rows a block.</param>
public readonly record struct RowTable(ArrayView<float> Shared, int Start, int Rows)
{
    /// <summary>Floats of a row.</summary>
    public const int FloatsOfRow = 3;

    /// <summary>What the copies need of a row.</summary>
    public RowEntry this[int row] => Entries[row];

    /// <summary>The row of the result.</summary>
    public int Output(int row) => Outputs[row];

    /// <summary>Sets a row.</summary>
    public void Set(int row, ProductRow value)
    {
        Entries[row] = new RowEntry(value.Base, value.Taps);
        Outputs[row] = value.Output;
    }

    private ArrayView<RowEntry> Entries => Shared.SubView(Start, 2 * Rows).AsAligned(8).Cast<RowEntry>();

    private ArrayView<int> Outputs => Shared.SubView(Start + (2 * Rows), Rows).Cast<int>();
}
