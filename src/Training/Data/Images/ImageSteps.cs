using NetVips;

namespace CudaNoisy.Training;

/// <summary>libvips' steps from a picture to an output: each is evaluated only when the output is.</summary>
internal sealed class ImageSteps(Image source) : IDisposable
{
    private static readonly Interpolate Bilinear = Interpolate.NewFromName("bilinear");
    private static readonly Interpolate Bicubic = Interpolate.NewFromName("bicubic");
    private readonly List<Image> _made = [source];

    /// <summary>The latest step's result.</summary>
    public Image Image => _made[^1];

    /// <summary>Goes on with another source.</summary>
    public void Restart(Image image) => _made.Add(image);

    /// <summary>To bytes in 1 or 3 channels.</summary>
    public void ToBytes()
    {
        var alpha = Image.HasAlpha();
        if (Image.Interpretation is not (Enums.Interpretation.Srgb or Enums.Interpretation.Bw) || (Image.Bands - (alpha ? 1 : 0)) is not (1 or 3))
            _made.Add(Image.Colourspace(Image.Bands < 3 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb));
        if (Image.Bands is not (1 or ImageDecoder.Channels))
            _made.Add(Image.ExtractBand(0, n: Image.Bands < ImageDecoder.Channels ? 1 : ImageDecoder.Channels));
        if (Image.Format != Enums.BandFormat.Uchar)
            _made.Add(Image.Cast(Enums.BandFormat.Uchar));
    }

    /// <summary>Cuts, resizes and cuts to a square.</summary>
    public void Place(ImagePlacement place, int side)
    {
        Cut(place.CropX, place.CropY, place.CropWidth, place.CropHeight);
        Shrink(Math.Min(1, (double)place.Width / Image.Width), Math.Min(1, (double)place.Height / Image.Height), place.Kernel);
        Enlarge((double)place.Width / Image.Width, (double)place.Height / Image.Height, place);
        Cut(place.X, place.Y, side, side);
    }

    public void Dispose()
    {
        for (var i = _made.Count - 1; i >= 0; i--)
            _made[i].Dispose();
    }

    private void Shrink(double horizontal, double vertical, Enums.Kernel kernel)
    {
        if (horizontal < 1 || vertical < 1)
            _made.Add(Image.Resize(horizontal, kernel: kernel, vscale: vertical));
    }

    /// <summary>By an affine map that takes pixel centres to where Pillow takes them; libvips' own resizing is off by half a pixel here.</summary>
    private void Enlarge(double horizontal, double vertical, ImagePlacement place)
    {
        if (horizontal <= 1 && vertical <= 1)
            return;
        _made.Add(Image.Affine(
            [horizontal, 0, 0, vertical], interpolate: place.Kernel == Enums.Kernel.Linear ? Bilinear : Bicubic, oarea: [0, 0, place.Width, place.Height],
            idx: 0.5 - (0.5 / horizontal), idy: 0.5 - (0.5 / vertical), extend: Enums.Extend.Copy));
    }

    private void Cut(int x, int y, int width, int height)
    {
        if (x != 0 || y != 0 || width != Image.Width || height != Image.Height)
            _made.Add(Image.ExtractArea(x, y, width, height));
    }
}
