using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Training;

/// <summary>The shorter side to the size (bicubic), the middle square of that. The same in training and evaluation; a picture of the right size is left as it is.</summary>
internal sealed class FitTransform(int size) : ImageTransform(size)
{
    public override bool IsRandom => false;

    public override ImagePlacement Place(int width, int height, Philox? random) => ImagePlacement.ShorterSide(width, height, Size, ResampleFilter.Cubic).Centred(Size);
}
