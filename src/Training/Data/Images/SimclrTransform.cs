using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Training;

/// <summary>The reference's for SimCLR encoders: a random part of the picture, resized to the size (bicubic); the middle 87.5% of width and height for evaluation.</summary>
/// <remarks>torchvision's RandomResizedCrop: ten tries of an area uniform in [scaleLower, 1] and a ratio log-uniform in [3/4, 4/3], then the largest middle part of such a ratio.</remarks>
internal sealed class SimclrTransform(int size, double scaleLower) : ImageTransform(size)
{
    private const int Tries = 10;
    private const double EvaluatedPart = 0.875;
    private const double LowRatio = 3.0 / 4;
    private const double HighRatio = 4.0 / 3;

    public override bool IsRandom => true;

    public override ImagePlacement Place(int width, int height, Philox? random)
    {
        var (x, y, w, h) = random is null ? Middle(width, height, Math.Max(1, (int)(width * EvaluatedPart)), Math.Max(1, (int)(height * EvaluatedPart))) : Draw(width, height, random);
        return new ImagePlacement(x, y, w, h, Size, Size, 0, 0, ResampleFilter.Cubic);
    }

    private (int X, int Y, int W, int H) Draw(int width, int height, Philox random)
    {
        for (var i = 0; i < Tries; i++)
        {
            var area = (double)width * height * (scaleLower + ((1 - scaleLower) * random.NextDouble()));
            var ratio = Math.Exp(Math.Log(LowRatio) + (Math.Log(HighRatio / LowRatio) * random.NextDouble()));
            var w = (int)Math.Round(Math.Sqrt(area * ratio), MidpointRounding.ToEven);
            var h = (int)Math.Round(Math.Sqrt(area / ratio), MidpointRounding.ToEven);
            if (w > 0 && w <= width && h > 0 && h <= height)
                return (random.Next(width - w + 1), random.Next(height - h + 1), w, h);
        }

        var whole = (double)width / height;
        return whole < LowRatio
            ? Middle(width, height, width, Math.Max(1, (int)Math.Round(width / LowRatio)))
            : whole > HighRatio ? Middle(width, height, Math.Max(1, (int)Math.Round(height * HighRatio)), height) : (0, 0, width, height);
    }

    private static (int X, int Y, int W, int H) Middle(int width, int height, int w, int h) => (ImagePlacement.Half(width - w), ImagePlacement.Half(height - h), w, h);
}
