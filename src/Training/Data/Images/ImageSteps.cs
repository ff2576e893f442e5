using NetVips;

namespace CudaNoisy.Training;

/// <summary>libvips' steps from a file to the part of a picture that is wanted: rows pass through them when the last one is read.</summary>
internal sealed class ImageSteps(Image source) : IDisposable
{
    private readonly List<Image> _made = [source];

    /// <summary>The latest step's result.</summary>
    public Image Image => _made[^1];

    /// <summary>Goes on with another source.</summary>
    public void Restart(Image image) => _made.Add(image);

    /// <summary>To bytes of red, green and blue.</summary>
    public void ToRgb()
    {
        if (Image.Interpretation != Enums.Interpretation.Srgb || Image.Bands - (Image.HasAlpha() ? 1 : 0) != ImageDecoder.Channels)
            _made.Add(Image.Colourspace(Enums.Interpretation.Srgb));
        if (Image.Bands > ImageDecoder.Channels)
            _made.Add(Image.ExtractBand(0, n: ImageDecoder.Channels));
        if (Image.Format != Enums.BandFormat.Uchar)
            _made.Add(Image.Cast(Enums.BandFormat.Uchar));
    }

    /// <summary>Cuts a part out.</summary>
    public void Cut(int x, int y, int width, int height)
    {
        if (x != 0 || y != 0 || width != Image.Width || height != Image.Height)
            _made.Add(Image.ExtractArea(x, y, width, height));
    }

    public void Dispose()
    {
        for (var i = _made.Count - 1; i >= 0; i--)
            _made[i].Dispose();
    }
}
