namespace CudaNoisy.Training;

/// <summary>The pixels of a set of images: in memory, or in files that are decoded when asked for.</summary>
/// <param name="h">Height.</param>
/// <param name="w">Width.</param>
/// <param name="c">Channels.</param>
/// <param name="count">Images.</param>
public abstract class PixelSource(int h, int w, int c, int count)
{
    /// <summary>Height.</summary>
    public int H { get; } = h;

    /// <summary>Width.</summary>
    public int W { get; } = w;

    /// <summary>Channels.</summary>
    public int C { get; } = c;

    /// <summary>Images.</summary>
    public int Count { get; } = count;

    /// <summary>Bytes of an image.</summary>
    public int ImageLength => H * W * C;

    /// <summary>The images' memory, in order, whole images a block; empty where they are not in memory.</summary>
    public virtual IReadOnlyList<byte[]> Blocks => [];

    /// <summary>Reads one image. Thread-safe.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="random">Draws the cut of a training image where the source cuts at random; null for evaluation.</param>
    /// <param name="target">The output, (H,W,C) bytes.</param>
    /// <exception cref="UnreadableImageException">Its file is damaged or gone.</exception>
    public abstract void Read(int index, Philox? random, ArraySegment<byte> target);
}
