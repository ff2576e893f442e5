namespace CudaNoisy.Runtime;

/// <summary>How a product is cut into blocks.</summary>
/// <param name="Columns">Columns of a tile: 128, 64 or 32. Tiles have 128 rows.</param>
/// <param name="Down">Tiles down the rows.</param>
/// <param name="Across">Tiles across the columns.</param>
/// <param name="Parts">Parts of the sums, added up by a second launch.</param>
/// <param name="StagesOfPart">The most stages of 16 terms a part.</param>
public readonly record struct ProductPlan(int Columns, long Down, int Across, int Parts, int StagesOfPart)
{
    private const int Rows = 128;

    /// <summary>A part has at least this many stages, so that writing it costs little beside computing it.</summary>
    private const int FewestStages = 16;

    /// <summary>Floats that all parts together may take.</summary>
    private const long MostFloats = 1 << 24;

    /// <summary>A multiprocessor with one block takes this much of a full one's time for a stage, waiting, and as much again for a block of 128 columns' work.</summary>
    private const double Alone = 0.3;

    /// <summary>Floats of parts that a multiprocessor's share of the memory bandwidth writes and reads back in a full one's time for a stage.</summary>
    private const double FloatsAStage = 3200;

    /// <summary>The plan that is done first, by a model of blocks in waves.</summary>
    /// <param name="rows">Rows of the product.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="depth">Terms of a sum.</param>
    /// <param name="phases">Interleaved products; more than one are not cut into parts.</param>
    /// <param name="multiprocessors">Multiprocessors.</param>
    /// <param name="walks">Whether the copies of the left operand walk over pixels, which costs narrow tiles more.</param>
    public static ProductPlan Choose(long rows, int columns, int depth, int phases, int multiprocessors, bool walks)
    {
        // What a tile's narrowness costs: its operands per product, and instructions of the copies.
        ReadOnlySpan<(int Columns, double Penalty)> tiles = walks ? [(128, 1), (64, 1.3), (32, 1.9)] : [(128, 1), (64, 1.1), (32, 1.3)];
        var stages = Math.Max(1, (depth + 15) / 16);
        var best = default(ProductPlan);
        var least = double.PositiveInfinity;
        foreach (var (width, penalty) in tiles)
        {
            var down = (rows + Rows - 1) / Rows;
            var across = (columns + width - 1) / width;
            var blocks = Math.Max(1, down * across * phases);

            // 128 registers a thread: 512 threads a multiprocessor, 2, 4 or 8 blocks.
            var resident = 256 / width;
            var slots = (long)multiprocessors * resident;
            var most = phases > 1 ? 1 : Math.Min(Math.Min(slots / blocks, stages / FewestStages), MostFloats / Math.Max(1, rows * columns));
            var share = (stages + Math.Max(1, most) - 1) / Math.Max(1, most);
            var parts = (stages + share - 1) / share;
            var (full, rest) = Math.DivRem(blocks * parts, slots);
            var busiest = (rest + multiprocessors - 1) / multiprocessors;
            var last = rest > 0 ? Math.Max(Alone * (1 + (width / 128.0)), (double)busiest / resident) : 0;
            var cost = (share * penalty * (full + last)) + (parts > 1 ? parts * rows * columns / (FloatsAStage * multiprocessors) : 0);
            if (cost >= least)
                continue;
            least = cost;
            best = new ProductPlan(width, down, across, (int)parts, (int)share);
        }

        return best;
    }
}
