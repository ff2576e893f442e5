namespace CudaNoisy.Training;

/// <summary>How pictures of any size become squares of one size. Mirroring is done later, with the batch.</summary>
/// <param name="size">Side of the output.</param>
public abstract class ImageTransform(int size)
{
    /// <summary>Side of the output in pixels.</summary>
    public int Size { get; } = size;

    /// <summary>Whether training pictures are cut at random: then no two passes see the same pixels.</summary>
    public abstract bool IsRandom { get; }

    /// <summary>Chooses the part of a picture to show.</summary>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="random">Draws the cut of a training picture; null for evaluation.</param>
    public abstract ImagePlacement Place(int width, int height, Philox? random);
}
