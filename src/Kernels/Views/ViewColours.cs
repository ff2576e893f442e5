namespace CudaNoisy.Kernels;

/// <summary>Colour jitter on bytes: torchvision's four changes, rounded to bytes after each one, in integers.</summary>
public static class ViewColours
{
    /// <summary>Code of a change of brightness: towards black.</summary>
    public const int Brightness = 1;

    /// <summary>Code of a change of contrast: towards the view's mean grey.</summary>
    public const int Contrast = 2;

    /// <summary>Code of a change of saturation: towards the pixel's grey.</summary>
    public const int Saturation = 3;

    /// <summary>Code of a rotation of the hue.</summary>
    public const int Hue = 4;

    /// <summary>Changes in a view.</summary>
    public const int Changes = 4;

    /// <summary>Bits of a code.</summary>
    public const int CodeBits = 3;

    /// <summary>One, as a factor.</summary>
    public const int One = 1 << 16;

    /// <summary>A whole turn of the hue.</summary>
    public const int Turn = 6 << SectorBits;

    private const int SectorBits = 12;

    /// <summary>The place of the contrast among the changes, or <see cref="Changes"/> where there is none: what comes before it decides the mean.</summary>
    public static int PlaceOfContrast(ViewDraw draw)
    {
        for (var k = 0; k < Changes; k++)
        {
            if (((draw.Order >> (CodeBits * k)) & 7) == Contrast)
                return k;
        }

        return Changes;
    }

    /// <summary>Applies the changes from <paramref name="first"/> to <paramref name="end"/>, exclusive.</summary>
    /// <param name="draw">The view.</param>
    /// <param name="c">The colour.</param>
    /// <param name="first">The first change.</param>
    /// <param name="end">One after the last.</param>
    /// <param name="mean">Mean grey of the view before its contrast.</param>
    public static Rgb Apply(ViewDraw draw, Rgb c, int first, int end, int mean)
    {
        for (var k = first; k < end; k++)
        {
            var code = (draw.Order >> (CodeBits * k)) & 7;
            if (code == Brightness)
                c = Blend(0, c, draw.Brightness);
            else if (code == Contrast)
                c = Blend(mean, c, draw.Contrast);
            else if (code == Saturation)
                c = Blend(Grey(c), c, draw.Saturation);
            else if (code == Hue)
                c = Rotate(c, draw.Hue);
        }

        return c;
    }

    /// <summary>ITU-R 601's grey in Pillow's arithmetic.</summary>
    public static int Grey(Rgb c) => ((19595 * c.R) + (38470 * c.G) + (7471 * c.B) + 0x8000) >> 16;

    private static Rgb Blend(int other, Rgb c, int factor) => new(Blend(other, c.R, factor), Blend(other, c.G, factor), Blend(other, c.B, factor));

    private static int Blend(int other, int value, int factor)
    {
        var mixed = ((other * (One - factor)) + (value * factor) + (One / 2)) >> 16;
        return mixed < 0 ? 0 : mixed > 255 ? 255 : mixed;
    }

    /// <summary>The hexagon of hues: the largest and the smallest channel stay, the one between moves along its edge.</summary>
    private static Rgb Rotate(Rgb c, int hue)
    {
        var max = Larger(Larger(c.R, c.G), c.B);
        var min = -Larger(Larger(-c.R, -c.G), -c.B);
        var chroma = max - min;
        if (chroma == 0)
            return c;
        var h = (max == c.R ? c.G - c.B : max == c.G ? c.B - c.R : c.R - c.G) * (1 << SectorBits) / chroma;
        h += (max == c.R ? 0 : max == c.G ? 2 << SectorBits : 4 << SectorBits) + hue;
        h = h < 0 ? h + Turn : h >= Turn ? h - Turn : h;
        var step = ((chroma * (h & ((1 << SectorBits) - 1))) + (1 << (SectorBits - 1))) >> SectorBits;
        return Corner(h >> SectorBits, max, min, min + step, max - step);
    }

    private static Rgb Corner(int sector, int max, int min, int rising, int falling)
    {
        if (sector == 0)
            return new Rgb(max, rising, min);
        if (sector == 1)
            return new Rgb(falling, max, min);
        if (sector == 2)
            return new Rgb(min, max, rising);
        if (sector == 3)
            return new Rgb(min, falling, max);
        return sector == 4 ? new Rgb(rising, min, max) : new Rgb(max, min, falling);
    }

    private static int Larger(int a, int b) => a > b ? a : b;
}
