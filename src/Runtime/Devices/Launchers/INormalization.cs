namespace CudaNoisy.Runtime;

/// <summary>Launches batch normalization over x (rows, channels), rows = N*H*W, optionally followed by a residual addition and a ReLU.</summary>
/// <remarks>Ioffe and Szegedy 2015. With inv = 1/sqrt(variance + eps) and xHat = (x - mean) * inv:
/// s = gamma * xHat + beta (+ residual), y = s or max(s, 0). Statistics are the batch's (mean and biased variance) in training and the running
/// ones in evaluation; the caller passes whichever apply.</remarks>
public interface INormalization
{
    /// <summary>mean and biased variance of each channel over the rows, summed in a fixed order that does not depend on the number of threads; and what is made of them.</summary>
    void Moments(long rows, int channels, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, in NormalizationTable table = default);

    /// <summary>Prepares moving running statistics.</summary>
    /// <param name="norms">The batch-norms, one at least: the batch's statistics of all of them in one buffer, the running ones in one.</param>
    RunningUpdate PrepareRunning(IReadOnlyList<RunningNorm> norms);

    /// <summary>y = gamma * xHat + beta (+ residual), then ReLU if asked. y may be x.</summary>
    /// <param name="rows">N*H*W.</param>
    /// <param name="channels">Channels; multiples of four where flags are wanted.</param>
    /// <param name="epsilon">The model's epsilon.</param>
    /// <param name="x">Input.</param>
    /// <param name="mean">The means.</param>
    /// <param name="variance">The biased variances.</param>
    /// <param name="gamma">Scale.</param>
    /// <param name="beta">Shift.</param>
    /// <param name="residual">Shaped like x, or the empty view for none.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="y">Output.</param>
    /// <param name="flags">Gets, on devices that <see cref="Device.GathersNormalizations"/>, where y &gt; 0: <see cref="ReluMask.FlagsLength"/> integers. Empty: not wanted.</param>
    void Forward(
        long rows, int channels, float epsilon, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta,
        GatheredTensor residual, bool relu, DeviceView<float> y, DeviceView<int> flags = default);

    /// <summary>The vector-Jacobian product. g = dy, zero where the ReLU was.</summary>
    /// <param name="rows">N*H*W.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="epsilon">The model's epsilon.</param>
    /// <param name="training">True: mean and variance depend on x (batch statistics). False: they are constants.</param>
    /// <param name="x">The forward's input.</param>
    /// <param name="mean">The forward's means.</param>
    /// <param name="variance">The forward's variances.</param>
    /// <param name="gamma">Scale.</param>
    /// <param name="mask">Where the ReLU let values through.</param>
    /// <param name="dy">Cotangent of y.</param>
    /// <param name="dx">dx = (or +=) gamma*inv*(g - mean(g) - xHat*mean(g*xHat)) in training, gamma*inv*g otherwise. Empty: not wanted. May be dy.</param>
    /// <param name="accumulateX">dx += instead of =.</param>
    /// <param name="dgamma">= (or +=) sum of g*xHat. Empty: not wanted.</param>
    /// <param name="dbeta">= (or +=) sum of g. Empty: not wanted.</param>
    /// <param name="dresidual">= (or +=) g. Empty: there was no residual or it is not wanted. May be dy (then dx may not).</param>
    /// <param name="accumulateResidual">dresidual += instead of =.</param>
    void Backward(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        in ReluMask mask, DeviceView<float> dy, DeviceView<float> dx, bool accumulateX, ParameterGradient dgamma, ParameterGradient dbeta,
        DeviceView<float> dresidual, bool accumulateResidual);

    /// <summary>A batch-norm's sums by a pass over dy, which becomes g: what a convolution that does not read the output would have left, see <see cref="NormalizedInput"/>.</summary>
    /// <param name="rows">N*H*W.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="input">The batch-norm.</param>
    /// <param name="dy">Cotangent of y.</param>
    void Reduce(long rows, int channels, in NormalizedInput input, DeviceView<float> dy);

    /// <summary>What is left of <see cref="Backward"/> in training when the convolution behind has made g and its sums.</summary>
    /// <param name="rows">N*H*W.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="input">The batch-norm, with the sums; the parameters' gradients are not touched.</param>
    /// <param name="g">Cotangent of y, zero where the ReLU was.</param>
    /// <param name="dx">As in <see cref="Backward"/>. May be g.</param>
    /// <param name="accumulateX">dx += instead of =.</param>
    /// <param name="dresidual">As in <see cref="Backward"/>. May be g (then dx may not).</param>
    /// <param name="accumulateResidual">dresidual += instead of =.</param>
    void BackwardReduced(
        long rows, int channels, in NormalizedInput input, DeviceView<float> g, DeviceView<float> dx, bool accumulateX, DeviceView<float> dresidual, bool accumulateResidual);

    /// <summary>The Jacobian-vector product: with t = gammaDot*xHat + betaDot + gamma*inv*(xDot - mean(xDot) - xHat*mean(xDot*xHat)) (+ residualDot),
    /// yDot = t, zero where the ReLU was. Outside training the two mean terms vanish. xDot, gammaDot, betaDot and residualDot may each be empty, meaning zero.
    /// yDot may be xDot.</summary>
    void Jvp(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        in ReluMask mask, DeviceView<float> xDot, DeviceView<float> gammaDot, DeviceView<float> betaDot, DeviceView<float> residualDot, DeviceView<float> yDot);
}
