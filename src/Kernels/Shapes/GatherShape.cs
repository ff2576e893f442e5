namespace CudaNoisy.Kernels;

/// <summary>A batch of N images of H x W x C bytes, drawn from a stored set of uint8 NHWC images.</summary>
/// <param name="N">Images in the batch.</param>
/// <param name="H">Height.</param>
/// <param name="W">Width.</param>
/// <param name="C">Channels, at most 4.</param>
public readonly record struct GatherShape(int N, int H, int W, int C)
{
    /// <summary>Elements of one image.</summary>
    public int ImageLength => H * W * C;

    /// <summary>Elements of the batch.</summary>
    public long Length => (long)N * H * W * C;
}
