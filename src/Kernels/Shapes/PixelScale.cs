namespace CudaNoisy.Kernels;

/// <summary>Per-channel affine map from a byte to the network's input: x = byte * Scale[c] + Offset[c].</summary>
/// <param name="Scale0">Scale of channel 0.</param>
/// <param name="Scale1">Scale of channel 1.</param>
/// <param name="Scale2">Scale of channel 2.</param>
/// <param name="Offset0">Offset of channel 0.</param>
/// <param name="Offset1">Offset of channel 1.</param>
/// <param name="Offset2">Offset of channel 2.</param>
/// <remarks>x/255 for encoders that take [0,1]; (x/255 - mean)/std for ImageNet encoders. A fourth channel takes channel 2's map.</remarks>
public readonly record struct PixelScale(float Scale0, float Scale1, float Scale2, float Offset0, float Offset1, float Offset2)
{
    /// <summary>byte / 255.</summary>
    public static PixelScale Unit { get; } = new(1f / 255, 1f / 255, 1f / 255, 0, 0, 0);

    /// <summary>(byte / 255 - mean) / std, three channels each.</summary>
    public static PixelScale Standardize(ReadOnlySpan<float> mean, ReadOnlySpan<float> std) => new(
        1f / (255f * std[0]), 1f / (255f * std[1]), 1f / (255f * std[2]), -mean[0] / std[0], -mean[1] / std[1], -mean[2] / std[2]);
}
