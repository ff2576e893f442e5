using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Where a step leaves what the log and the ledger want, per sample of the training batch.</summary>
/// <param name="Losses">Unweighted losses.</param>
/// <param name="Weights">Sample weights.</param>
/// <param name="Predictions">Predicted classes.</param>
/// <param name="Slot">Four sums, see <see cref="ISoftmaxLosses.Summarize"/>; then one float for the meta loss.</param>
public readonly record struct StepOutputs(DeviceView<float> Losses, DeviceView<float> Weights, DeviceView<int> Predictions, DeviceView<float> Slot)
{
    /// <summary>Floats of <see cref="Slot"/>.</summary>
    public const int SlotLength = 8;

    /// <summary>The part of the slot that holds the meta loss.</summary>
    public DeviceView<float> MetaLoss => Slot.Slice(4, 1);
}
