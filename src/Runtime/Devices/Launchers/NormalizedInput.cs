namespace CudaNoisy.Runtime;

/// <summary>The batch-norm, with batch statistics, that made a convolution's input y: what its backward pass wants of y's cotangent dy, done where dy is made instead of by reading it again.</summary>
/// <remarks>g = dy, zero where the ReLU was; tensors are (rows, channels) like dy. Ioffe and Szegedy 2015.</remarks>
/// <param name="X">The batch-norm's input.</param>
/// <param name="Mean">Its means.</param>
/// <param name="Variance">Its biased variances.</param>
/// <param name="Gamma">Scale.</param>
/// <param name="Epsilon">The model's epsilon.</param>
/// <param name="Mask">Where its ReLU let values through.</param>
/// <param name="Sums">Gets (=) the sums of g, then those of g (X - Mean): 2 channels values.</param>
/// <param name="Dgamma">= (or +=) sum of g xHat. Empty: not wanted.</param>
/// <param name="Dbeta">= (or +=) sum of g. Empty: not wanted.</param>
/// <param name="Table">Gets, on devices that <see cref="Device.GathersNormalizations"/>, <see cref="NormalizationTable.Length"/> floats for the cotangent of X,
/// gamma inv (g - mean(g) - xHat mean(g xHat)): see <see cref="ConvolutionCotangent"/>. Empty: not wanted.</param>
public readonly record struct NormalizedInput(
    DeviceView<float> X, DeviceView<float> Mean, DeviceView<float> Variance, DeviceView<float> Gamma, float Epsilon, ReluMask Mask,
    DeviceView<float> Sums, ParameterGradient Dgamma, ParameterGradient Dbeta, DeviceView<float> Table = default);
