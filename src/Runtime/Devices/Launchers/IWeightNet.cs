namespace CudaNoisy.Runtime;

/// <summary>Launches Meta-Weight-Net's V(l; Phi): Linear(1,h), ReLU, Linear(h,1), sigmoid (Shu et al. 2019).</summary>
/// <remarks>phi is flat, every part padded to a multiple of 64: w1 (h), b1 (h), w2 (h), b2 (1). <c>Pad(h) = (h+63)/64*64</c>; total 3*Pad(h) + 64.</remarks>
public interface IWeightNet
{
    /// <summary>weights[i] = V(losses[i]).</summary>
    void Forward(int n, int hidden, DeviceView<float> phi, DeviceView<float> losses, DeviceView<float> weights);

    /// <summary>dphi += sum_i scale * dweights[i] * dV(losses[i])/dphi, summed in the order of i.</summary>
    void Backward(int n, int hidden, DeviceView<float> phi, DeviceView<float> losses, DeviceView<float> dweights, float scale, DeviceView<float> dphi);

    /// <summary>normalized[i] = weights[i] / sum(weights), or 0 where the sum is 0 (the original authors' form).</summary>
    void Normalize(int n, DeviceView<float> weights, DeviceView<float> normalized);

    /// <summary>The chain rule through <see cref="Normalize"/>: dweights[i] = (dnormalized[i] - sum_j dnormalized[j]*normalized[j]) / sum(weights), or dnormalized[i] where the sum is 0.</summary>
    void NormalizeBackward(int n, DeviceView<float> weights, DeviceView<float> normalized, DeviceView<float> dnormalized, DeviceView<float> dweights);
}
