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
    void Forward(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> y, bool accumulate);

    /// <summary>y = x * w + bias + residual, or max(0, that) with <paramref name="relu"/>: evaluation with batch-norm folded into the filter.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input.</param>
    /// <param name="w">Filter.</param>
    /// <param name="bias">K values, or the empty view for none.</param>
    /// <param name="residual">Shaped like y, or the empty view for none. May be y.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="y">Output.</param>
    void ForwardFused(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> bias, DeviceView<float> residual, bool relu, DeviceView<float> y);

    /// <summary>y = x * w, and the mean and biased variance over (N,P,Q) of every output channel, for the batch-norm that follows.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input.</param>
    /// <param name="w">Filter.</param>
    /// <param name="y">Output.</param>
    /// <param name="mean">K means.</param>
    /// <param name="variance">K biased variances.</param>
    void ForwardWithMoments(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> w, DeviceView<float> y, DeviceView<float> mean, DeviceView<float> variance);

    /// <summary>dx = dy convolved with w transposed, or dx += with <paramref name="accumulate"/>.</summary>
    void BackwardData(in Conv2dShape shape, DeviceView<float> dy, DeviceView<float> w, DeviceView<float> dx, bool accumulate);

    /// <summary>dw += x correlated with dy.</summary>
    void BackwardFilter(in Conv2dShape shape, DeviceView<float> x, DeviceView<float> dy, DeviceView<float> dw);

    /// <summary>dbias[k] += sum over (N,P,Q) of dy[..., k].</summary>
    void BackwardBias(in Conv2dShape shape, DeviceView<float> dy, DeviceView<float> dbias);
}
