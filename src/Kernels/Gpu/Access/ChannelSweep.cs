using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>A thread's walk over (rows, channels): it stays in its columns, so that what belongs to a channel is loaded once, and neighbouring threads read neighbouring memory.</summary>
/// <remarks>Groups in the grid's first direction share the rows, those in the second the columns. Group sizes are powers of two.</remarks>
/// <param name="Lanes">Threads across the columns.</param>
/// <param name="Column">The thread's first channel.</param>
/// <param name="Line">The thread's place among those of its column.</param>
/// <param name="First">Its first row.</param>
/// <param name="Last">The group's rows end here; First where the thread has no column.</param>
/// <param name="Step">Rows from one of its rows to the next.</param>
public readonly record struct ChannelSweep(int Lanes, int Column, int Line, long First, long Last, int Step)
{
    /// <summary>The present thread's walk.</summary>
    public static ChannelSweep Create<TAccess>(long rows, int channels)
        where TAccess : unmanaged, IAccess
    {
        var columns = channels / TAccess.Width;
        var lanes = columns < Group.DimX ? columns : Group.DimX;
        var step = Group.DimX / lanes;
        var line = Group.IdxX / lanes;
        var column = (Grid.IdxY * lanes) + (Group.IdxX - (line * lanes));
        var start = Grid.IdxX * Share(rows);
        var end = start + Share(rows);
        var last = end < rows ? end : rows;
        var first = start + line;
        return new ChannelSweep(lanes, column * TAccess.Width, line, first, column < columns && line < step ? last : first, step);
    }

    /// <summary>Rows that a part has.</summary>
    public static long RowsOfPart(long rows, int parts, int part)
    {
        var share = (rows + parts - 1) / parts;
        var start = part * share;
        return start >= rows ? 0 : start + share < rows ? share : rows - start;
    }

    private static long Share(long rows) => (rows + Grid.DimX - 1) / Grid.DimX;
}
