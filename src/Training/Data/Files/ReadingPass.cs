namespace CudaNoisy.Training;

/// <summary>One pass over picture files, on all workers: keeps the pixels, or finds the files that cannot be read, or both.</summary>
/// <param name="Kept">The readable pictures, where they were to be kept.</param>
/// <param name="Unreadable">The others, with the reason.</param>
internal sealed record ReadingPass(MemoryPixels Kept, SortedList<int, UnreadableImageException> Unreadable)
{
    private const int BlockBytes = 1 << 26;

    /// <summary>Reads every file.</summary>
    /// <exception cref="UnreadableImageException">A file cannot be read and is not to be skipped: the first such file, whatever the number of workers.</exception>
    public static ReadingPass Run(FilePixels pixels, bool keep, DataOptions options)
    {
        var perBlock = Math.Max(1, BlockBytes / pixels.ImageLength);
        var blocks = keep ? Blocks(pixels.Count, perBlock, pixels.ImageLength) : [];
        var unreadable = new SortedList<int, UnreadableImageException>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers };
        Parallel.For(0, pixels.Count, parallel, () => keep ? [] : new byte[pixels.ImageLength], (i, loop, scratch) =>
        {
            try
            {
                pixels.Read(i, null, keep ? new ArraySegment<byte>(blocks[i / perBlock], i % perBlock * pixels.ImageLength, pixels.ImageLength) : scratch);
            }
            catch (UnreadableImageException e)
            {
                lock (unreadable)
                    unreadable.Add(i, e);
                if (!options.SkipUnreadable)
                    loop.Break();
            }

            return scratch;
        }, _ => { });
        if (unreadable.Count > 0 && !options.SkipUnreadable)
            throw unreadable.Values[0];
        if (keep)
            Close(blocks, perBlock, pixels.ImageLength, unreadable.Keys);
        return new ReadingPass(new MemoryPixels(blocks, pixels.H, pixels.W, pixels.C), unreadable);
    }

    private static byte[][] Blocks(int count, int perBlock, int length) =>
        [.. Enumerable.Range(0, (count + perBlock - 1) / perBlock).Select(b => new byte[(long)Math.Min(perBlock, count - (b * perBlock)) * length])];

    /// <summary>Moves the readable pictures of every block together.</summary>
    private static void Close(byte[][] blocks, int perBlock, int length, IList<int> unreadable)
    {
        foreach (var block in unreadable.GroupBy(i => i / perBlock))
        {
            var gone = block.Select(i => i % perBlock).ToHashSet();
            var pixels = blocks[block.Key];
            var to = 0;
            for (var from = 0; from < pixels.Length / length; from++)
            {
                if (!gone.Contains(from))
                    pixels.AsSpan(from * length, length).CopyTo(pixels.AsSpan(to++ * length));
            }

            blocks[block.Key] = pixels[..(to * length)];
        }
    }
}
