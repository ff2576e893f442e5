namespace CudaNoisy.Training;

/// <summary>Images in memory with their labels.</summary>
/// <param name="Name">The data set and its part, for messages.</param>
/// <param name="Pixels">Bytes, (N,H,W,C).</param>
/// <param name="H">Height.</param>
/// <param name="W">Width.</param>
/// <param name="C">Channels.</param>
/// <param name="Labels">One class an image.</param>
/// <param name="ClassNames">Class names.</param>
/// <param name="Ids">One name an image: a path, or its number in the data set.</param>
public sealed record ImageSet(string Name, byte[] Pixels, int H, int W, int C, int[] Labels, IReadOnlyList<string> ClassNames, IReadOnlyList<string> Ids)
{
    /// <summary>Images.</summary>
    public int Count => Labels.Length;

    /// <summary>Bytes of an image.</summary>
    public int ImageLength => H * W * C;
}
