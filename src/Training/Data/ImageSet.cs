namespace CudaNoisy.Training;

/// <summary>Images with their labels.</summary>
/// <param name="Name">The data set and its part, for messages.</param>
/// <param name="Pixels">The images.</param>
/// <param name="Labels">The true class, one an image; -1 where it is not known.</param>
/// <param name="ClassNames">Class names.</param>
/// <param name="Ids">One name an image: a path, or its number in the data set.</param>
public sealed record ImageSet(string Name, PixelSource Pixels, int[] Labels, IReadOnlyList<string> ClassNames, IReadOnlyList<string> Ids)
{
    /// <summary>Images.</summary>
    public int Count => Labels.Length;

    /// <summary>Height.</summary>
    public int H => Pixels.H;

    /// <summary>Width.</summary>
    public int W => Pixels.W;

    /// <summary>Channels.</summary>
    public int C => Pixels.C;
}
