namespace CudaNoisy.Runtime;

/// <summary>How a product is cut into blocks.</summary>
/// <param name="Columns">Columns of a tile: 128, 64 or 32. Tiles have 128 rows.</param>
/// <param name="Blocks">Tiles of a phase.</param>
/// <param name="Across">How many of them lie side by side.</param>
/// <param name="Slots">Blocks that the device runs at one time, over the number of phases.</param>
public readonly record struct ProductPlan(int Columns, long Blocks, int Across, int Slots)
{
    private const int Rows = 128;

    /// <summary>Columns of the tiles, and what their narrowness costs in operand reads: a tile's operands per product grow with 1/128 + 1/columns.</summary>
    private static readonly (int Columns, double Penalty)[] Tiles = [(128, 1), (64, 1.1), (32, 1.3)];

    /// <summary>The tile that is done first: results of the busiest multiprocessor, padding included, times what they cost.</summary>
    /// <param name="rows">Rows of the product.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="phases">Interleaved products.</param>
    /// <param name="multiprocessors">Multiprocessors.</param>
    public static ProductPlan Choose(long rows, int columns, int phases, int multiprocessors)
    {
        var best = default(ProductPlan);
        var least = double.PositiveInfinity;
        foreach (var (width, penalty) in Tiles)
        {
            var across = (columns + width - 1) / width;
            var blocks = (rows + Rows - 1) / Rows * across;

            // 128 registers a thread: 512 threads a multiprocessor, 2, 4 or 8 blocks.
            var slots = multiprocessors * 256 / width;
            var busiest = ((blocks * phases) + multiprocessors - 1) / multiprocessors;
            var cost = busiest * width * penalty;
            if (cost >= least)
                continue;
            least = cost;
            best = new ProductPlan(width, blocks, across, Math.Max(1, slots / phases));
        }

        return best;
    }

    /// <summary>Parts of the sums that fill the device.</summary>
    /// <param name="depth">Terms of a sum.</param>
    /// <param name="stagesOfPart">The fewest stages of 16 terms a part.</param>
    /// <param name="floats">The most floats of all parts together.</param>
    public int Parts(int depth, int stagesOfPart, long floats)
    {
        var stages = (depth + 15) / 16;
        var wanted = Math.Min(Slots / Math.Max(1, Blocks), stages / stagesOfPart);
        return (int)Math.Clamp(Math.Min(wanted, floats / Math.Max(1, Blocks * Rows * Columns)), 1, ushort.MaxValue);
    }

    /// <summary>Stages of each part but the last.</summary>
    public static int StagesOfPart(int depth, int parts) => (((depth + 15) / 16) + parts - 1) / parts;
}
