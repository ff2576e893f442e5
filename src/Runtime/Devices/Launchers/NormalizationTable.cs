namespace CudaNoisy.Runtime;

/// <summary>What else is made of a batch's moments where they are merged: the table by which a batch-norm's output is worked out while others gather it, see <see cref="GatheredTensor"/>.</summary>
/// <remarks>Only on devices that <see cref="Device.GathersNormalizations"/>.</remarks>
/// <param name="Epsilon">The model's epsilon.</param>
/// <param name="Gamma">Scale.</param>
/// <param name="Beta">Shift.</param>
/// <param name="Values">Gets <see cref="Length"/> floats; empty: not wanted.</param>
public readonly record struct NormalizationTable(float Epsilon, DeviceView<float> Gamma, DeviceView<float> Beta, DeviceView<float> Values)
{
    /// <summary>Whether so many channels can be gathered and flagged: operands come 16 bytes at a time.</summary>
    public static bool Fits(int channels) => channels % 4 == 0;

    /// <summary>Floats of a table.</summary>
    public static int Length(int channels) => 4 * channels;
}
