namespace CudaNoisy.Kernels.Gpu;

/// <summary>An element of (images, height, width, channels).</summary>
/// <param name="N">Image.</param>
/// <param name="H">Row.</param>
/// <param name="W">Column.</param>
/// <param name="C">Channel.</param>
internal readonly record struct PixelPlace(int N, int H, int W, int C)
{
    /// <summary>The element number <paramref name="index"/>, less than 2^31 as launchers see to: 64-bit divisions take many times as long.</summary>
    public static PixelPlace At(long index, int height, int width, int channels)
    {
        var pixel = (uint)index / (uint)channels;
        var line = pixel / (uint)width;
        var n = line / (uint)height;
        return new PixelPlace((int)n, (int)(line - (n * (uint)height)), (int)(pixel - (line * (uint)width)), (int)((uint)index - (pixel * (uint)channels)));
    }
}
