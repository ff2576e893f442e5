namespace CudaNoisy.Training;

/// <summary>Passes over the rows of a table, in blocks, on several threads.</summary>
internal static class RowBlocks
{
    /// <summary>Floats a block: about a megabyte.</summary>
    private const int BlockLength = 1 << 18;

    /// <summary>Handles the block of rows that starts at a row.</summary>
    public delegate void Handler(int first, ReadOnlySpan<float> rows);

    /// <summary>Handles every block, in no particular order; the handler must not depend on it.</summary>
    public static void Parallel(IProbabilities table, int threads, Handler handle)
    {
        var each = RowsOf(table);
        System.Threading.Tasks.Parallel.For(
            0, (table.Count + each - 1) / each, new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new float[each * table.Classes],
            (block, _, buffer) =>
            {
                handle(block * each, Load(table, block, each, buffer));
                return buffer;
            },
            _ => { });
    }

    /// <summary>Handles every block, the first first.</summary>
    public static void InOrder(IProbabilities table, Handler handle)
    {
        var each = RowsOf(table);
        var buffer = new float[each * table.Classes];
        for (var block = 0; block * (long)each < table.Count; block++)
            handle(block * each, Load(table, block, each, buffer));
    }

    private static int RowsOf(IProbabilities table) => Math.Max(1, BlockLength / table.Classes);

    private static ReadOnlySpan<float> Load(IProbabilities table, int block, int each, float[] buffer)
    {
        var rows = buffer.AsSpan(0, Math.Min(each, table.Count - (block * each)) * table.Classes);
        table.Read(block * each, rows);
        return rows;
    }
}
