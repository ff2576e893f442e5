using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>y = start + window(x) times the packed filter, over all blocks of a <see cref="HostWindow"/>; optionally the blocks' sums over channels.</summary>
internal unsafe struct HostRowProduct : IHostJob
{
    public HostWindow Window;
    public HostTiling Tiling;
    public float** Scratch;
    public float* X;
    public float* Panels;
    public float* Bias;
    public float* Initial;
    public float* Y;
    public int K;
    public long ImageStep;
    public long RowStep;
    public long PixelStep;
    public bool Relu;

    /// <summary>Whether results go to memory past the caches.</summary>
    public bool Streams;

    /// <summary>What is wanted of the channels besides.</summary>
    public HostColumnSums Sums;

    /// <summary>Terms summed before a sum is added to the rest, whose rounding errors grow with the square root of the whole and of the chunk, not with the whole.</summary>
    public int ChunkLength;

    /// <summary>The chunk where a rounding error may flip a ReLU, and the one where everything behind is linear.</summary>
    public const int ExactChunk = 48;

    /// <summary>The same for filters of one tap, whose sums are short on the whole: what 64, 128, ... channels divide into.</summary>
    public const int ExactPointChunk = 64;

    /// <inheritdoc cref="ExactChunk"/>
    public const int LinearChunk = 256;

    private const int GroupFields = 3;
    private const int WantedParts = 8;

    /// <summary>Floats of a block's output that one part makes: it lies in the second-level cache beside the input.</summary>
    private const long ShareFloats = 96 * 1024;

    /// <summary>Floats of the panel rows that all of a block's pixels go through before the next.</summary>
    private const long SegmentFloats = 64 * 1024;

    /// <summary>Rows of the panel that are asked for before they are used: it lies in the second-level cache.</summary>
    private const int PanelRowsAhead = 16;

    public readonly int Blocks => Window.Blocks;

    /// <summary>Output channels of a part, whole panels.</summary>
    public readonly int ShareChannels
    {
        get
        {
            var fit = Math.Max(1, ShareFloats / Math.Max(1, Window.MostBlockPixels));
            var wanted = Math.Min(fit, Math.Max(1, (long)K * Blocks / WantedParts));
            return (int)Math.Min(Tiling.Panels(K), (wanted + Tiling.Width - 1) / Tiling.Width) * Tiling.Width;
        }
    }

    public readonly int Parts => Blocks * ((K + ShareChannels - 1) / ShareChannels);

    /// <summary>Floats of worker scratch.</summary>
    public readonly long ScratchFloats => Align(Window.PatchFloats) + TileFloats + (2 * GroupFields * MaxGroups) + 64;

    private readonly long TileFloats => Align(Tiling.RowTileFloats + (4L * Tiling.Groups));

    private readonly long MaxGroups => Window.IsFlat
        ? (Window.FlatPixels / 4) + 1
        : (long)Window.BlockImages * Window.BandRows * ((Window.Q + 3) / 4);

    public readonly void Execute(int part, int worker)
    {
        var (block, share) = Math.DivRem(part, Parts / Blocks);
        var (firstK, lastK) = (share * ShareChannels, Math.Min(K, (share + 1) * ShareChannels));
        var scratch = Scratch[worker];
        var patch = scratch;
        var tile = patch + Align(Window.PatchFloats);
        var fields = (long*)(tile + TileFloats);
        var inputs = fields;
        var outputs = fields + MaxGroups;
        var valid = fields + (2 * MaxGroups);
        var groups = Window.IsFlat ? FlatGroups(block, inputs, outputs, valid) : PatchGroups(block, patch, inputs, outputs, valid);
        var row = new RowTile
        {
            InputStride = Window.IsFlat ? Window.C : (long)Window.PatchStrideW * Window.C,
            FilterRowStep = Window.PatchRowFloats,
        };
        var panelFloats = (long)Window.R * Window.Depth * Tiling.Width;
        var segmentRows = (int)Math.Clamp(SegmentFloats / Math.Max(1, Window.Depth * Tiling.Width), 1, Math.Max(1, Window.R));
        var offsets = (long*)(tile + Tiling.RowTileFloats);
        for (var g = 0; g < Tiling.Groups; g++)
            offsets[g] = g * 4L * Tiling.Width;
        ChannelSums sums;
        for (var k = firstK; k < lastK; k += Tiling.Width)
        {
            if (Sums.Wanted)
                Sums.Start(&sums, k, Math.Min(Tiling.Width, K - k));
            for (var r = 0; r < Math.Max(1, Window.R); r += segmentRows)
            {
                var input = (Window.IsFlat ? X : patch) + (r * row.FilterRowStep);
                var filterRows = Math.Min(segmentRows, Window.R - r);
                var panel = Panels + (k / Tiling.Width * panelFloats) + ((long)r * Window.Depth * Tiling.Width);
                var previous = r > 0 ? Y : Initial;
                var last = r + segmentRows >= Window.R;
                for (var g = 0; g < groups; g += Tiling.Groups)
                {
                    // A flat window's input comes from memory with the first panel: a tile asks for the next one's.
                    var asks = Window.IsFlat && k == firstK && g + (2 * Tiling.Groups) <= groups;
                    row.Ahead.Set(asks ? X + inputs[g + Tiling.Groups] : null, 4 * Tiling.Groups);
                    row.Input = input;
                    row.FilterRows = filterRows;
                    row.Panel = panel;
                    RunTile(ref row, previous, last, inputs + g, outputs + g, valid + g, Math.Min(Tiling.Groups, groups - g), k, tile, Sums.Wanted ? &sums : null);
                }
            }

            if (Sums.Wanted)
                Sums.Finish(&sums, block, BlockPixels(block), k, Math.Min(Tiling.Width, K - k), K);
        }
    }

    /// <summary>The number of pixels of a block.</summary>
    public readonly long BlockPixels(int block)
    {
        if (Window.IsFlat)
            return Math.Min(Window.FlatPixels, Window.Pixels - (block * Window.FlatPixels));
        var (_, images, _, rows) = Window.Block(block);
        return (long)images * rows * Window.Q;
    }

    /// <summary>One tile: y = previous + the product over some filter rows; bias, ReLU and moments behind the last of them.</summary>
    private readonly void RunTile(ref RowTile row, float* previous, bool last, long* inputs, long* outputs, long* valid, int groups, int k, float* tile, ChannelSums* sums)
    {
        var columns = Math.Min(Tiling.Width, K - k);
        var full = groups == Tiling.Groups && columns == Tiling.Width;
        for (var g = 0; g < groups && full; g++)
            full = valid[g] == 4;

        // Whole tiles to which nothing is done but being written are written by the kernel; the others go through a small buffer.
        var offsets = (long*)(tile + Tiling.RowTileFloats);
        row.InputOffsets = inputs;
        if (groups < Tiling.Groups)
        {
            row.InputOffsets = offsets + Tiling.Groups;
            for (var g = 0; g < Tiling.Groups; g++)
                row.InputOffsets[g] = inputs[Math.Min(g, groups - 1)];
        }

        var plain = !last || (!Relu && Bias is null && sums is null && !Streams);
        row.Previous = full && previous is not null ? previous + k : null;
        row.PreviousOffsets = outputs;
        row.PreviousStride = PixelStep;
        if (!last || !Streams)
            Prefetch(Y + k, outputs, groups);
        if (last && Sums.Source.X is not null)
            Prefetch(Sums.Source.X + k, outputs, groups);
        if (last && Sums.Source.Mask.Y is not null)
            Prefetch(Sums.Source.Mask.Y + k, outputs, groups);
        if (full && plain)
        {
            RunChunks(ref row, Y + k, outputs, PixelStep, tile, offsets);
            return;
        }

        RunChunks(ref row, tile, offsets, Tiling.Width, tile, offsets);
        HostTileFinish.Run(Tiling.Bits, new TileFinish
        {
            Tile = tile,
            Width = Tiling.Width,
            Columns = columns,
            Groups = groups,
            Valid = valid,
            Bias = last && Bias is not null ? Bias + k : null,
            Previous = full || previous is null ? null : previous + k,
            Relu = last && Relu,
            Stream = last && Streams,
            Y = Y + k,
            Offsets = outputs,
            Stride = PixelStep,
            Sums = last ? sums : null,
            X = last ? HostColumnSums.At(Sums.Source.X, k) : null,
            Mask = { Y = HostColumnSums.At(Sums.Source.Mask.Y, k), Scale = HostColumnSums.At(Sums.Source.Mask.Scale, k), Shift = HostColumnSums.At(Sums.Source.Mask.Shift, k) },
        });
    }

    /// <summary>Asks for the cache lines of the output, or of what is laid out like it, so that they arrive while the sums are made.</summary>
    private readonly void Prefetch(float* output, long* offsets, int groups)
    {
        for (var g = 0; g < groups; g++)
        {
            for (var i = 0; i < 4; i++)
            {
                for (var k = 0; k < Tiling.Width; k += CacheLines.Floats)
                    CacheLines.Fetch((nint)(output + offsets[g] + (i * PixelStep) + k));
            }
        }
    }

    /// <summary>Sums a tile in chunks; those before the last are added up in <paramref name="tile"/>.</summary>
    private readonly void RunChunks(ref RowTile row, float* output, long* outputOffsets, long outputStride, float* tile, long* offsets)
    {
        var kernel = Tiling.RowKernel;
        var (total, depth) = (row.FilterRows, Window.Depth);
        var rows = Math.Max(1, Math.Min(total, ChunkLength / Math.Max(1, depth)));
        var pieces = rows > 1 ? 1 : Math.Max(1, (depth + ChunkLength - 1) / ChunkLength);
        var each = (depth + pieces - 1) / pieces;
        var start = row.Input;
        var asksForInput = row.Ahead.First is not null;
        if (asksForInput)
            row.Ahead2.Set(null, 0);
        for (var r = 0; r < Math.Max(1, total); r += rows)
        {
            row.FilterRows = Math.Min(rows, total - r);
            for (var piece = 0; piece < pieces; piece++)
            {
                row.Input = start + (r * row.FilterRowStep) + (piece * each);
                row.Depth = Math.Min(each, depth - (piece * each));
                var ends = r + rows >= total && piece == pieces - 1;
                row.Output = ends ? output : tile;
                row.OutputOffsets = ends ? outputOffsets : offsets;
                row.OutputStride = ends ? outputStride : Tiling.Width;
                if (!asksForInput)
                    row.FetchPanel(row.Panel + (PanelRowsAhead * Tiling.Width), Tiling.Width);
                kernel(row);
                var steps = row.FilterRows * row.Depth;
                if (asksForInput)
                    row.Ahead.First += (long)steps * row.Ahead.Step;
                row.Panel += (long)steps * Tiling.Width;
                row.Previous = tile;
                row.PreviousOffsets = offsets;
                row.PreviousStride = Tiling.Width;
            }
        }
    }

    private readonly int FlatGroups(int part, long* inputs, long* outputs, long* valid)
    {
        var first = part * Window.FlatPixels;
        var count = Math.Min(Window.FlatPixels, Window.Pixels - first);
        var groups = 0;
        for (long i = 0; i < count; i += 4, groups++)
        {
            // The last group of all pixels steps back, so that it reads inside the input.
            var skip = Math.Max(0, first + i + 4 - Window.Pixels);
            var pixel = first + i - skip;
            inputs[groups] = pixel * Window.C;
            outputs[groups] = pixel * PixelStep;
            valid[groups] = Math.Min(4 - skip, count - i) | (skip << 8);
        }

        return groups;
    }

    private readonly int PatchGroups(int part, float* patch, long* inputs, long* outputs, long* valid)
    {
        var (image, images, row, rows) = Window.Block(part);
        Window.CopyPatch(X, patch, image, images, row, rows);
        var imageFloats = Window.PatchImageFloats(rows);
        var groups = 0;
        for (var i = 0; i < images; i++)
        {
            for (var p = 0; p < rows; p++)
            {
                for (var q = 0; q < Window.Q; q += 4, groups++)
                {
                    inputs[groups] = (i * imageFloats) + (p * Window.PatchStrideH * Window.PatchRowFloats) + ((long)q * Window.PatchStrideW * Window.C);
                    outputs[groups] = ((image + i) * ImageStep) + ((row + p) * RowStep) + (q * PixelStep);
                    valid[groups] = Math.Min(4, Window.Q - q);
                }
            }
        }

        return groups;
    }

    private static long Align(long floats) => (floats + 15) / 16 * 16;
}
