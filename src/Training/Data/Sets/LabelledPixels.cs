namespace CudaNoisy.Training;

/// <summary>The images of one file of a release.</summary>
/// <param name="Pixels">Bytes, (N,H,W,C).</param>
/// <param name="Labels">One class an image.</param>
internal sealed record LabelledPixels(byte[] Pixels, int[] Labels);
