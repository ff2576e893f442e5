namespace CudaNoisy.Kernels.Gpu;

/// <summary>What a row of a product stands for.</summary>
/// <param name="Base">Where its first term lies: a pixel of the source, or floats from a pixel.</param>
/// <param name="Corner">Its place in the image, height in the upper half and width in the lower, either may be negative.</param>
/// <param name="Output">The row of the result it is written to; -1 for none.</param>
public readonly record struct ProductRow(int Base, int Corner, int Output)
{
    /// <summary>A row past the end: no tap of it lies inside.</summary>
    public static ProductRow None => new(0, Pack(short.MinValue, 0), -1);

    /// <summary>Two numbers of 16 bits in one.</summary>
    public static int Pack(int h, int w) => (h << 16) | (w & 0xffff);

    /// <summary>The upper number.</summary>
    public static int Height(int corner) => corner >> 16;

    /// <summary>The lower number.</summary>
    public static int Width(int corner) => (corner << 16) >> 16;
}
