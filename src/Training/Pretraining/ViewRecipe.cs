using CudaNoisy.Kernels;

namespace CudaNoisy.Training;

/// <summary>How SimCLR (Chen et al. 2020) makes views: a random part of the image, enlarged to its size; mirrored or not; colour jitter; sometimes grey. No blur: images are small.</summary>
/// <remarks>torchvision's RandomResizedCrop, ColorJitter(0.8 s, 0.8 s, 0.8 s, 0.2 s) with its four changes in random order, and RandomGrayscale.</remarks>
/// <param name="ScaleLower">The smallest part of the area that a view shows.</param>
/// <param name="Strength">Strength of the colour jitter, s, at most 1.</param>
public sealed record ViewRecipe(double ScaleLower, double Strength)
{
    private const double JitterProbability = 0.8;
    private const double GreyProbability = 0.2;
    private const double Factor = 0.8;
    private const double Rotation = 0.2;

    /// <summary>Draws one view.</summary>
    /// <param name="random">The view's own generator.</param>
    /// <param name="h">The images' height.</param>
    /// <param name="w">Their width.</param>
    public ViewDraw Draw(Philox random, int h, int w)
    {
        var part = new SimclrTransform(w, ScaleLower).Place(w, h, random);
        var flip = (int)(random.NextUInt() >> 31);
        var jitters = random.NextDouble() < JitterProbability;
        Span<int> changes = [ViewColours.Brightness, ViewColours.Contrast, ViewColours.Saturation, ViewColours.Hue];
        random.Shuffle(changes);
        var order = 0;
        for (var k = 0; jitters && k < changes.Length; k++)
            order |= changes[k] << (ViewColours.CodeBits * k);
        var brightness = Near(1, Factor, ViewColours.One, random);
        var contrast = Near(1, Factor, ViewColours.One, random);
        var saturation = Near(1, Factor, ViewColours.One, random);
        var hue = Near(0, Rotation, ViewColours.Turn, random);
        return new ViewDraw(
            part.CropX, part.CropY, part.CropWidth, part.CropHeight, flip, order, brightness, contrast, saturation, hue, random.NextDouble() < GreyProbability ? 1 : 0);
    }

    /// <summary>Uniform in middle +- range * s, in units of 1/unit.</summary>
    private int Near(double middle, double range, int unit, Philox random) => (int)Math.Round((middle + (range * Strength * ((2 * random.NextDouble()) - 1))) * unit);
}
