using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Training;

/// <summary>The reference's for ImageNet encoders: the shorter side to 8/7 of the size (256 for 224, bilinear), then a random square, or the middle one for evaluation.</summary>
internal sealed class ImageNetTransform(int size) : ImageTransform(size)
{
    public override bool IsRandom => true;

    public override ImagePlacement Place(int width, int height, Philox? random)
    {
        var place = ImagePlacement.ShorterSide(width, height, Size * 8 / 7, ResampleFilter.Linear);
        return random is null
            ? place.Centred(Size)
            : place with { X = random.Next(place.Width - Size + 1), Y = random.Next(place.Height - Size + 1) };
    }
}
