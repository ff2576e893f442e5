using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>Launches convolutions (and linear layers, which are 1x1 convolutions of 1x1 images). x (N,H,W,C), w (R,S,C,K), y (N,P,Q,K).</summary>
public interface IConvolution
{
    /// <summary>y = x * w + bias, or y += x * w + bias with <paramref name="accumulate"/>.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input.</param>
    /// <param name="w">Filter.</param>
    /// <param name="bias">K values, or the empty view for none.</param>
    /// <param name="y">Output.</param>
    /// <param name="accumulate">Add to y instead of overwriting it.</param>
    void Forward(in Conv2dShape shape, GatheredTensor x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> y, bool accumulate);

    /// <summary>Evaluation of a convolution, the batch-norm behind it, an addition and a ReLU: y = gamma (x * w - mean) / sqrt(variance + epsilon) + beta + residual,
    /// or max(0, that) with <paramref name="relu"/>.</summary>
    /// <remarks>Nothing is differentiated through it, so a device may use an algorithm that rounds more than <see cref="Forward"/>'s.</remarks>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input.</param>
    /// <param name="w">Filter.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="mean">K running means.</param>
    /// <param name="variance">K running variances.</param>
    /// <param name="gamma">K scales.</param>
    /// <param name="beta">K shifts.</param>
    /// <param name="residual">Shaped like y, or the empty view for none. Not y.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="y">Output.</param>
    void ForwardNormalized(
        in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, float epsilon, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        DeviceView<float> beta, DeviceView<float> residual, bool relu, DeviceView<float> y);

    /// <summary>y = x * w, and the mean and biased variance over (N,P,Q) of every output channel, for the batch-norm that follows.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input.</param>
    /// <param name="w">Filter.</param>
    /// <param name="y">Output.</param>
    /// <param name="mean">K means.</param>
    /// <param name="variance">K biased variances.</param>
    /// <param name="table">What is made of them.</param>
    void ForwardWithMoments(
        in Conv2dShape shape, GatheredTensor x, DeviceView<float> w, DeviceView<float> y, DeviceView<float> mean, DeviceView<float> variance, in NormalizationTable table = default);

    /// <summary>yDot = x * wDot + xDot * w + biasDot.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input.</param>
    /// <param name="xDot">Its tangent, or the empty view where the input does not depend on anything.</param>
    /// <param name="w">Filter.</param>
    /// <param name="wDot">Its tangent.</param>
    /// <param name="biasDot">K values, or the empty view for none.</param>
    /// <param name="yDot">The output's tangent.</param>
    void Jvp(
        in Conv2dShape shape, GatheredTensor x, DeviceView<float> xDot, DeviceView<float> w, DeviceView<float> wDot, DeviceView<float> biasDot, DeviceView<float> yDot);

    /// <summary>dx = dy convolved with w transposed, or dx += with <paramref name="accumulate"/>.</summary>
    void BackwardData(in Conv2dShape shape, ConvolutionCotangent dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate);

    /// <summary>The same where a batch-norm made the input: dx becomes that batch-norm's g, and g's sums are left for <see cref="INormalization.BackwardReduced"/>.</summary>
    void BackwardData(in Conv2dShape shape, ConvolutionCotangent dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate, in NormalizedInput input);

    /// <summary>dw = (or +=) x correlated with dy.</summary>
    void BackwardFilter(in Conv2dShape shape, GatheredTensor x, ConvolutionCotangent dy, ParameterGradient dw);

    /// <summary>dbias[k] = (or +=) sum over (N,P,Q) of dy[..., k].</summary>
    void BackwardBias(in Conv2dShape shape, DeviceView<float> dy, ParameterGradient dbias);
}
