namespace CudaNoisy.Runtime;

/// <summary>The cotangent of a convolution's output: a tensor, or that of the input of the batch-norm behind it, which lies nowhere and is worked out from the cotangent of the batch-norm's output.</summary>
/// <param name="Dy">The tensor, or g of <see cref="NormalizedInput"/>.</param>
/// <param name="X">The batch-norm's input, which is the convolution's output; empty for a tensor.</param>
/// <param name="Table">Empty for a tensor; else <see cref="NormalizedInput.Table"/> of the batch-norm.</param>
public readonly record struct ConvolutionCotangent(DeviceView<float> Dy, DeviceView<float> X, DeviceView<float> Table)
{
    /// <summary>The tensor, for devices without <see cref="Device.GathersNormalizations"/>.</summary>
    internal DeviceView<float> Tensor => Table.IsEmpty ? Dy : throw new InvalidOperationException("This device gathers tensors only.");

    /// <summary>A tensor.</summary>
    public static implicit operator ConvolutionCotangent(DeviceView<float> dy) => new(dy, default, default);

    /// <summary>A tensor.</summary>
    public static implicit operator ConvolutionCotangent(Tensor dy) => (DeviceView<float>)dy;
}
