using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>y = start + window(x) times the packed filter, over all blocks of a <see cref="HostWindow"/>; optionally the blocks' channel moments.</summary>
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

    /// <summary>For every block: K means, then K sums of squared deviations; or null.</summary>
    public float* Moments;

    private const int GroupFields = 3;
    private const int ChunkLength = 48;

    /// <summary>Floats of worker scratch.</summary>
    public readonly long ScratchFloats => Align(Window.PatchFloats) + TileFloats + (2 * GroupFields * MaxGroups) + 64;

    private readonly long TileFloats => Align((long)Tiling.Groups * 4 * Tiling.Width) + (8L * Tiling.Groups);

    private readonly long MaxGroups => Window.IsFlat
        ? (Window.FlatPixels / 4) + 1
        : (long)Window.BlockImages * Window.BandRows * ((Window.Q + 3) / 4);

    public readonly void Execute(int part, int worker)
    {
        var scratch = Scratch[worker];
        var patch = scratch;
        var tile = patch + Align(Window.PatchFloats);
        var fields = (long*)(tile + TileFloats);
        var inputs = fields;
        var outputs = fields + MaxGroups;
        var valid = fields + (2 * MaxGroups);
        var groups = Window.IsFlat ? FlatGroups(part, inputs, outputs, valid) : PatchGroups(part, patch, inputs, outputs, valid);
        var row = new RowTile
        {
            Input = Window.IsFlat ? X : patch,
            InputStride = Window.IsFlat ? Window.C : (long)Window.PatchStrideW * Window.C,
            FilterRows = Window.R,
            FilterRowStep = Window.PatchRowFloats,
            Depth = Window.Depth,
            Relu = Relu,
        };
        var panelFloats = (long)Window.R * Window.Depth * Tiling.Width;
        for (var panel = 0; panel < Tiling.Panels(K); panel++)
        {
            row.Panel = Panels + (panel * panelFloats);
            row.Bias = Bias is null ? null : Bias + (panel * Tiling.Width);
            var columns = Math.Min(Tiling.Width, K - (panel * Tiling.Width));
            for (var g = 0; g < groups; g += Tiling.Groups)
                RunTile(row, inputs + g, outputs + g, valid + g, Math.Min(Tiling.Groups, groups - g), panel * Tiling.Width, columns, tile);
        }

        if (Moments is not null)
            BlockMoments(part);
    }

    /// <summary>The number of pixels of a block.</summary>
    public readonly long BlockPixels(int block)
    {
        if (Window.IsFlat)
            return Math.Min(Window.FlatPixels, Window.Pixels - (block * Window.FlatPixels));
        var (_, images, _, rows) = Window.Block(block);
        return (long)images * rows * Window.Q;
    }

    private readonly void RunTile(RowTile row, long* inputs, long* outputs, long* valid, int groups, int k, int columns, float* tile)
    {
        var full = groups == Tiling.Groups && columns == Tiling.Width;
        for (var g = 0; g < groups && full; g++)
            full = valid[g] == 4;
        row.InputOffsets = inputs;
        if (full)
        {
            row.Output = Y + k;
            row.OutputOffsets = outputs;
            row.OutputStride = PixelStep;
            row.Initial = Initial is null ? null : Initial + k;
            row.InitialOffsets = outputs;
            RunChunks(row);
            return;
        }

        // Tiles at an edge go through a small buffer. The low byte of valid is the number of pixels, the next one those to skip in front.
        var offsets = (long*)(tile + Align((long)Tiling.Groups * 4 * Tiling.Width));
        var spare = offsets + Tiling.Groups;
        for (var g = 0; g < Tiling.Groups; g++)
        {
            offsets[g] = g * 4L * Tiling.Width;
            spare[g] = inputs[Math.Min(g, groups - 1)];
        }

        row.InputOffsets = spare;
        row.Output = tile;
        row.OutputOffsets = offsets;
        row.OutputStride = Tiling.Width;
        row.Initial = Initial is null ? null : tile;
        row.InitialOffsets = offsets;
        if (Initial is not null)
            CopyTile(Initial + k, outputs, valid, groups, columns, tile, load: true);
        RunChunks(row);
        CopyTile(Y + k, outputs, valid, groups, columns, tile, load: false);
    }

    /// <summary>Sums a tile in chunks of limited length, whose rounding errors grow with the square root of the whole and of the chunk, not with the whole.</summary>
    private readonly void RunChunks(RowTile row)
    {
        var kernel = Tiling.RowKernel;
        var relu = row.Relu;
        var (total, depth) = (row.FilterRows, row.Depth);
        var rows = Math.Max(1, Math.Min(total, ChunkLength / Math.Max(1, depth)));
        var pieces = rows > 1 ? 1 : Math.Max(1, (depth + ChunkLength - 1) / ChunkLength);
        var input = row.Input;
        var panel = row.Panel;
        for (var r = 0; r < Math.Max(1, total); r += rows)
        {
            for (var piece = 0; piece < pieces; piece++)
            {
                var (first, last) = (depth * piece / pieces, depth * (piece + 1) / pieces);
                row.FilterRows = Math.Min(rows, total - r);
                row.Depth = last - first;
                row.Input = input + (r * row.FilterRowStep) + first;
                row.Panel = panel;
                row.Relu = relu && r + rows >= total && piece == pieces - 1;
                kernel(row);
                panel += (long)row.FilterRows * row.Depth * Tiling.Width;
                row.Continue = true;
                row.Initial = null;
                row.Bias = null;
            }
        }
    }

    private readonly void CopyTile(float* y, long* outputs, long* valid, int groups, int columns, float* tile, bool load)
    {
        for (var g = 0; g < groups; g++)
        {
            var skip = valid[g] >> 8;
            for (var i = skip; i < skip + (valid[g] & 255); i++)
            {
                var inside = new Span<float>(tile + (((g * 4L) + i) * Tiling.Width), columns);
                var outside = new Span<float>(y + outputs[g] + (i * PixelStep), columns);
                (load ? outside : inside).CopyTo(load ? inside : outside);
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

    private readonly void BlockMoments(int part)
    {
        long first;
        if (Window.IsFlat)
        {
            first = part * Window.FlatPixels;
        }
        else
        {
            var (image, _, row, _) = Window.Block(part);
            first = (((long)image * Window.P) + row) * Window.Q;
        }

        var moments = Moments + (2L * part * K);
        ChannelMoments.OfBlock(Y + (first * K), BlockPixels(part), K, moments, moments + K);
    }

    private static long Align(long floats) => (floats + 15) / 16 * 16;
}
