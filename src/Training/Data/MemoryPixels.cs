namespace CudaNoisy.Training;

/// <summary>Images in memory, in blocks of whole images: one array holds two gigabytes at most, ImageNet32 has four.</summary>
public sealed class MemoryPixels : PixelSource
{
    private readonly byte[][] _blocks;
    private readonly int[] _starts;

    /// <summary>Images in one block.</summary>
    /// <param name="pixels">Bytes, (N,H,W,C).</param>
    /// <param name="h">Height.</param>
    /// <param name="w">Width.</param>
    /// <param name="c">Channels.</param>
    public MemoryPixels(byte[] pixels, int h, int w, int c)
        : this([pixels], h, w, c)
    {
    }

    /// <summary>Images in several blocks.</summary>
    /// <param name="blocks">Bytes, each (N,H,W,C).</param>
    /// <param name="h">Height.</param>
    /// <param name="w">Width.</param>
    /// <param name="c">Channels.</param>
    public MemoryPixels(byte[][] blocks, int h, int w, int c)
        : base(h, w, c, blocks.Sum(b => b.Length / (h * w * c)))
    {
        _blocks = [.. blocks.Where(b => b.Length > 0)];
        _starts = new int[_blocks.Length];
        for (var i = 1; i < _starts.Length; i++)
            _starts[i] = _starts[i - 1] + (_blocks[i - 1].Length / ImageLength);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Blocks => _blocks;

    /// <inheritdoc/>
    public override void Read(int index, Philox? random, ArraySegment<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
        var block = Array.BinarySearch(_starts, index);
        if (block < 0)
            block = ~block - 1;
        _blocks[block].AsSpan((index - _starts[block]) * ImageLength, ImageLength).CopyTo(target);
    }
}
