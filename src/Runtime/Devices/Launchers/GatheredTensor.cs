namespace CudaNoisy.Runtime;

/// <summary>A tensor, or the output of a batch-norm without a residual that lies nowhere and is worked out from the batch-norm's input while that is gathered:
/// with a ReLU where a convolution reads it, without where another batch-norm adds it as its residual.</summary>
/// <param name="X">The tensor, or the batch-norm's input.</param>
/// <param name="Table">Empty for a tensor; else the batch-norm's <see cref="NormalizationTable"/>.</param>
public readonly record struct GatheredTensor(DeviceView<float> X, DeviceView<float> Table)
{
    /// <summary>The tensor, for devices without <see cref="Device.GathersNormalizations"/>.</summary>
    internal DeviceView<float> Tensor => Table.IsEmpty ? X : throw new InvalidOperationException("This device gathers tensors only.");

    /// <summary>A tensor.</summary>
    public static implicit operator GatheredTensor(DeviceView<float> x) => new(x, default);

    /// <summary>A tensor.</summary>
    public static implicit operator GatheredTensor(Tensor x) => (DeviceView<float>)x;
}
