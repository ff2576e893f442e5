using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Training;

/// <summary>Where the output's pixels come from: a part of the picture is cut out, resized, and the output is cut out of that.</summary>
/// <param name="CropX">Left edge of the part, in the picture's pixels.</param>
/// <param name="CropY">Its upper edge.</param>
/// <param name="CropWidth">Its width.</param>
/// <param name="CropHeight">Its height.</param>
/// <param name="Width">Width the part is resized to.</param>
/// <param name="Height">Height it is resized to.</param>
/// <param name="X">Left edge of the output in the resized part.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Filter">The interpolation; stretched by the scale when shrinking.</param>
public readonly record struct ImagePlacement(int CropX, int CropY, int CropWidth, int CropHeight, int Width, int Height, int X, int Y, ResampleFilter Filter)
{
    /// <summary>The whole picture, resized so that its shorter side is <paramref name="side"/>; the output lies at (0, 0) until moved.</summary>
    /// <remarks>Sizes round like torchvision's: the longer side is int(side * longer / shorter).</remarks>
    public static ImagePlacement ShorterSide(int width, int height, int side, ResampleFilter filter) => width <= height
        ? new ImagePlacement(0, 0, width, height, side, (int)((long)side * height / width), 0, 0, filter)
        : new ImagePlacement(0, 0, width, height, (int)((long)side * width / height), side, 0, 0, filter);

    /// <summary>The same with a centred output of <paramref name="size"/> x <paramref name="size"/>.</summary>
    public ImagePlacement Centred(int size) => this with { X = Half(Width - size), Y = Half(Height - size) };

    /// <summary>Half, rounded to even as Python does.</summary>
    internal static int Half(int value) => (int)Math.Round(value / 2.0, MidpointRounding.ToEven);
}
