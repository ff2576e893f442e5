namespace CudaNoisy.Kernels;

/// <summary>Per-channel map from a byte to the network's input: x = (byte / 255 - Mean[c]) / Std[c], rounded after every operation as PyTorch's transforms do.</summary>
/// <param name="Mean0">Mean of channel 0.</param>
/// <param name="Mean1">Mean of channel 1.</param>
/// <param name="Mean2">Mean of channel 2.</param>
/// <param name="Std0">Standard deviation of channel 0.</param>
/// <param name="Std1">Standard deviation of channel 1.</param>
/// <param name="Std2">Standard deviation of channel 2.</param>
/// <remarks>Mean 0 and deviation 1 for encoders that take [0,1]; ImageNet's for its encoders. A fourth channel takes channel 2's map.</remarks>
public readonly record struct PixelScale(float Mean0, float Mean1, float Mean2, float Std0, float Std1, float Std2)
{
    /// <summary>byte / 255.</summary>
    public static PixelScale Unit { get; } = new(0, 0, 0, 1, 1, 1);

    /// <summary>ImageNet's: mean .485 .456 .406, standard deviation .229 .224 .225.</summary>
    public static PixelScale ImageNet { get; } = new(0.485f, 0.456f, 0.406f, 0.229f, 0.224f, 0.225f);

    /// <summary>Maps one byte of a channel.</summary>
    public float Map(byte value, int channel)
    {
        var mean = channel == 0 ? Mean0 : channel == 1 ? Mean1 : Mean2;
        var std = channel == 0 ? Std0 : channel == 1 ? Std1 : Std2;
        return ((value / 255f) - mean) / std;
    }
}
