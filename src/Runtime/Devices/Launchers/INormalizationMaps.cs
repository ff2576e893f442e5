namespace CudaNoisy.Runtime;

/// <summary>Launches what a device needs to work out a batch-norm while a convolution gathers its operands: <see cref="ConvolutionInput"/>, <see cref="ConvolutionCotangent"/>.</summary>
/// <remarks>Channels of such a convolution's input and output <see cref="Fit"/>, its operands start at multiples of 16 bytes.</remarks>
public interface INormalizationMaps
{
    /// <summary>Whether so many channels can be gathered and flagged: operands come 16 bytes at a time.</summary>
    static bool Fit(int channels) => channels % 4 == 0;

    /// <summary>Floats of a table.</summary>
    static int TableLength(int channels) => 4 * channels;

    /// <summary>The table of a batch-norm with a ReLU and without a residual, for its output.</summary>
    /// <param name="channels">Channels.</param>
    /// <param name="epsilon">The model's epsilon.</param>
    /// <param name="mean">The means.</param>
    /// <param name="variance">The biased variances.</param>
    /// <param name="gamma">Scale.</param>
    /// <param name="beta">Shift.</param>
    /// <param name="table">Gets <see cref="TableLength"/> floats.</param>
    void Input(int channels, float epsilon, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta, DeviceView<float> table);

    /// <summary>The table of a batch-norm with batch statistics, for the cotangent of its input: gamma inv (g - mean(g) - xHat mean(g xHat)).</summary>
    /// <param name="rows">N*H*W.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="input">The batch-norm, with g's sums.</param>
    /// <param name="table">Gets <see cref="TableLength"/> floats.</param>
    void Cotangent(long rows, int channels, in NormalizedInput input, DeviceView<float> table);
}
