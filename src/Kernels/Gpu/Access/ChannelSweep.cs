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
/// <param name="Channels">Channels of a row.</param>
public readonly record struct ChannelSweep(int Lanes, int Column, int Line, long First, long Last, int Step, int Channels)
{
    /// <summary>The thread's first element.</summary>
    public long Index => (First * Channels) + Column;

    /// <summary>Elements from one of its rows to the next.</summary>
    public long Stride => (long)Step * Channels;

    /// <summary>The present thread's walk.</summary>
    public static ChannelSweep Create<TAccess>(long rows, int channels)
        where TAccess : unmanaged, IAccess
    {
        // Launchers see to it that there are less than 2^31 elements; unsigned divisions, because the others take several times as many instructions.
        var columns = TAccess.Width == 4 ? channels >> 2 : channels;
        var lanes = columns < Group.DimX ? columns : Group.DimX;
        var step = (int)((uint)Group.DimX / (uint)lanes);
        var line = (int)((uint)Group.IdxX / (uint)lanes);
        var column = (Grid.IdxY * lanes) + (Group.IdxX - (line * lanes));
        var share = Share(rows, Grid.DimX);
        var start = (long)Grid.IdxX * share;
        var end = start + share;
        var last = end < rows ? end : rows;
        var first = start + line;
        return new ChannelSweep(lanes, column * TAccess.Width, line, first, column < columns && line < step ? last : first, step, channels);
    }

    /// <summary>Rows of each part but the last.</summary>
    public static uint Share(long rows, int parts) => ((uint)rows + (uint)parts - 1) / (uint)parts;

    /// <summary>Rows that a part has.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="share">See <see cref="Share"/>.</param>
    /// <param name="part">The part.</param>
    public static long RowsOfPart(long rows, uint share, int part)
    {
        var start = (long)part * share;
        return start >= rows ? 0 : start + share < rows ? share : rows - start;
    }
}
