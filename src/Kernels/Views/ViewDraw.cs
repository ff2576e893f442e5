namespace CudaNoisy.Kernels;

/// <summary>Everything that chance decides about one view of an image. Integers, and so is what is done with them: every device makes the same view, bit for bit.</summary>
/// <param name="X">Left edge of the part that is shown, in pixels.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="W">Its width, at most the image's.</param>
/// <param name="H">Its height, at most the image's.</param>
/// <param name="Flip">1 where the view is mirrored left-right, else 0.</param>
/// <param name="Order">The colour changes in their order: four codes of three bits, lowest first; see <see cref="ViewColours"/>.</param>
/// <param name="Brightness">Factor in 1/65536.</param>
/// <param name="Contrast">Factor in 1/65536.</param>
/// <param name="Saturation">Factor in 1/65536.</param>
/// <param name="Hue">Rotation in 1/24576 of a turn, at most half a turn either way.</param>
/// <param name="Grey">1 where colours become grey, else 0.</param>
public readonly record struct ViewDraw(int X, int Y, int W, int H, int Flip, int Order, int Brightness, int Contrast, int Saturation, int Hue, int Grey);
