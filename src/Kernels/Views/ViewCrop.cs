namespace CudaNoisy.Kernels;

/// <summary>Bilinear enlargement of a part of an image to the image's size, in fixed point: pixel centres at half integers, edges of the part repeated.</summary>
/// <remarks>Parts are never larger than the result, so that Pillow's bilinear resampling and this one have the same two taps a direction.</remarks>
public static class ViewCrop
{
    private const int Bits = 11;
    private const int One = 1 << Bits;

    /// <summary>Where in a part of <paramref name="part"/> pixels the pixel <paramref name="i"/> of <paramref name="size"/> lies, in 1/2048 of a pixel.</summary>
    public static int Place(int i, int size, int part)
    {
        var place = (int)(((((2L * i) + 1) * part) - size) * (One / 2) / size);
        var last = (part - 1) << Bits;
        return place < 0 ? 0 : place > last ? last : place;
    }

    /// <summary>The pixel at or before a place.</summary>
    public static int Whole(int place) => place >> Bits;

    /// <summary>The pixel after it, or the same one at the edge.</summary>
    public static int Next(int place, int part) => (place >> Bits) + 1 < part ? (place >> Bits) + 1 : part - 1;

    /// <summary>Four neighbours, mixed.</summary>
    /// <param name="a">Above, left.</param>
    /// <param name="b">Above, right.</param>
    /// <param name="c">Below, left.</param>
    /// <param name="d">Below, right.</param>
    /// <param name="x">The place from left to right.</param>
    /// <param name="y">The place from above to below.</param>
    public static int Mix(int a, int b, int c, int d, int x, int y)
    {
        x &= One - 1;
        y &= One - 1;
        var above = (a * (One - x)) + (b * x);
        var below = (c * (One - x)) + (d * x);
        return ((above * (One - y)) + (below * y) + (1 << ((2 * Bits) - 1))) >> (2 * Bits);
    }
}
