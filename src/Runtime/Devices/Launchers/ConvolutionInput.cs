namespace CudaNoisy.Runtime;

/// <summary>A convolution's input: a tensor, or the output of a batch-norm with a ReLU that lies nowhere and is worked out from the batch-norm's input while that is gathered.</summary>
/// <param name="X">The tensor, or the batch-norm's input.</param>
/// <param name="Table">Empty for a tensor; else what <see cref="INormalizationMaps.Input"/> made of the batch-norm.</param>
public readonly record struct ConvolutionInput(DeviceView<float> X, DeviceView<float> Table)
{
    /// <summary>The tensor, for devices without <see cref="Device.NormalizationMaps"/>.</summary>
    internal DeviceView<float> Tensor => Table.IsEmpty ? X : throw new InvalidOperationException("This device gathers tensors only.");

    /// <summary>A tensor.</summary>
    public static implicit operator ConvolutionInput(DeviceView<float> x) => new(x, default);

    /// <summary>A tensor.</summary>
    public static implicit operator ConvolutionInput(Tensor x) => (DeviceView<float>)x;
}
