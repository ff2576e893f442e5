using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Which copies of an operand's stage are the thread's, where its 16 terms are neighbours: consecutive threads copy one row, then the next.</summary>
/// <typeparam name="TTransfer">The copies.</typeparam>
/// <remarks>Powers of two by shifts: the compilers make a reciprocal of a division by a constant.</remarks>
internal static class StageCopies<TTransfer>
    where TTransfer : unmanaged, ITransfer
{
    /// <summary>Copies of one row.</summary>
    public static int OfRow => 1 << Shift;

    /// <summary>The thread's first row.</summary>
    public static int Row => Group.IdxX >> Shift;

    /// <summary>The first term of its copies.</summary>
    public static int Term => (Group.IdxX & (OfRow - 1)) * TTransfer.Width;

    /// <summary>Where the thread's first copy goes in an operand's stage.</summary>
    public static int FirstTarget => SharedLayout.AlongDepth(Row, Term);

    private static int Shift => TTransfer.Width == 4 ? 2 : 4;

    /// <summary>Rows from one of its copies to the next.</summary>
    public static int RowsApart(int threads) => threads >> Shift;

    /// <summary>Starts copies 0 to <paramref name="count"/> - 1.</summary>
    public static void Start<TCopy>(TCopy copy, int count)
        where TCopy : struct, IStageCopy
    {
        if (TTransfer.Width == 1)
        {
            for (var i = 0; i < count; i++)
                copy.Start(i);
            return;
        }

        // Two, four or eight copies of 16 bytes, written out: the compilers do not unroll the loop.
        copy.Start(0);
        copy.Start(1);
        if (count > 2)
        {
            copy.Start(2);
            copy.Start(3);
        }

        if (count > 4)
        {
            copy.Start(4);
            copy.Start(5);
            copy.Start(6);
            copy.Start(7);
        }
    }

    /// <summary>Where its copy number <paramref name="i"/> goes. Copies of 16 bytes are a multiple of 16 rows apart, which changes one bit of a place and else adds to it.</summary>
    public static int Target(int first, int i, int threads) => TTransfer.Width == 4
        ? (first ^ (((i * RowsApart(threads)) >> 1) & 12)) + (i * RowsApart(threads) * 16)
        : SharedLayout.AlongDepth(Row + (i * RowsApart(threads)), Term);
}
