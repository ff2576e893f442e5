using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Where a thread's sums go.</summary>
/// <param name="End">Factors.</param>
/// <param name="Target">The result.</param>
/// <param name="Start">Where the part of a split product starts.</param>
/// <param name="Columns">Columns of the result.</param>
/// <param name="Column">The thread's first column.</param>
/// <param name="Bias">The thread's eight columns' bias.</param>
public readonly record struct ProductWriter(ProductEnd End, ArrayView<float> Target, long Start, int Columns, int Column, Octet Bias)
{
    /// <summary>Eight columns' bias, zero where there is none.</summary>
    public static Octet BiasOf(ArrayView<float> bias, int column) => new()
    {
        C0 = At(bias, column),
        C1 = At(bias, column + 1),
        C2 = At(bias, column + 2),
        C3 = At(bias, column + 3),
        C4 = At(bias, column + 4),
        C5 = At(bias, column + 5),
        C6 = At(bias, column + 6),
        C7 = At(bias, column + 7),
    };

    /// <summary>Writes eight columns of a row; a negative row is none.</summary>
    public void Write<TTransfer>(int row, Octet sums)
        where TTransfer : unmanaged, ITransfer
    {
        if (row < 0)
            return;
        var at = Start + ((long)row * Columns) + Column;
        if (TTransfer.Width == 4)
        {
            if (Column < Columns)
                Four(at, new Quad(sums.C0, sums.C1, sums.C2, sums.C3), new Quad(Bias.C0, Bias.C1, Bias.C2, Bias.C3));
            if (Column + 4 < Columns)
                Four(at + 4, new Quad(sums.C4, sums.C5, sums.C6, sums.C7), new Quad(Bias.C4, Bias.C5, Bias.C6, Bias.C7));
            return;
        }

        One(at, 0, sums.C0, Bias.C0);
        One(at, 1, sums.C1, Bias.C1);
        One(at, 2, sums.C2, Bias.C2);
        One(at, 3, sums.C3, Bias.C3);
        One(at, 4, sums.C4, Bias.C4);
        One(at, 5, sums.C5, Bias.C5);
        One(at, 6, sums.C6, Bias.C6);
        One(at, 7, sums.C7, Bias.C7);
    }

    private static float At(ArrayView<float> bias, int column) => column < bias.Length ? bias[column] : 0f;

    private void Four(long at, Quad sums, Quad bias)
    {
        var result = new Quad(
            (End.Alpha * sums.X) + bias.X, (End.Alpha * sums.Y) + bias.Y, (End.Alpha * sums.Z) + bias.Z, (End.Alpha * sums.W) + bias.W);
        if (End.Beta != 0)
        {
            var old = Quads.Load(Target, at);
            result = new Quad(
                result.X + (End.Beta * old.X), result.Y + (End.Beta * old.Y), result.Z + (End.Beta * old.Z), result.W + (End.Beta * old.W));
        }

        Quads.Store(Target, at, result);
    }

    private void One(long row, int offset, float sum, float bias)
    {
        if (Column + offset >= Columns)
            return;
        var result = (End.Alpha * sum) + bias;
        Target[row + offset] = End.Beta == 0 ? result : result + (End.Beta * Target[row + offset]);
    }
}
