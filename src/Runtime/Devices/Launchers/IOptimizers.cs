namespace CudaNoisy.Runtime;

/// <summary>Launches one-pass optimizer updates over flat parameter buffers whose slices start at multiples of 64 elements.</summary>
/// <remarks>decay holds one weight-decay coefficient for every block of 64 elements, so that a rule by parameter name costs nothing per step.
/// Padding between slices is zero in theta and in the gradient, and stays zero.</remarks>
public interface IOptimizers
{
    /// <summary>g = gradient + decay*theta; v = first ? g : momentum*v + g; theta -= rate * (nesterov ? g + momentum*v : v). PyTorch's SGD.</summary>
    void Sgd(
        DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> velocity, DeviceView<float> decay, float rate, float momentum, bool nesterov, bool first);

    /// <summary>PyTorch's Adam (Kingma and Ba 2015), step counted from 1: g = gradient + decay*theta; m, v moments; theta -= rate * mHat / (sqrt(vHat) + epsilon).</summary>
    void Adam(
        DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> m, DeviceView<float> v, DeviceView<float> decay, float rate, float beta1, float beta2, float epsilon, int step);

    /// <summary>LARS (You et al. 2017): per slice, ratio = trust*|theta| / (|gradient| + decay*|theta|) where decay applies and both norms are positive, else 1;
    /// v = momentum*v + rate*ratio*(gradient + decay*theta); theta -= v.</summary>
    /// <param name="theta">Parameters.</param>
    /// <param name="gradient">Gradient.</param>
    /// <param name="velocity">Velocity.</param>
    /// <param name="decay">One coefficient a block of 64.</param>
    /// <param name="slices">Pairs (first block, blocks), one a parameter tensor, ascending and covering the buffer.</param>
    /// <param name="adapt">One value a slice: 1 where the ratio applies, 0 where it is 1.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="momentum">Momentum.</param>
    /// <param name="trust">Trust coefficient.</param>
    void Lars(
        DeviceView<float> theta, DeviceView<float> gradient, DeviceView<float> velocity, DeviceView<float> decay, DeviceView<int> slices, DeviceView<float> adapt, float rate, float momentum, float trust);
}
