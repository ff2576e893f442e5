using ILGPU.Algorithms;

namespace CudaNoisy.Kernels;

/// <summary>Mean absolute error between the softmax and the one-hot label: f(p) = 2(1 - p), f'(p) p = -2p.</summary>
/// <remarks>Ghosh, Kumar and Sastry, AAAI 2017.</remarks>
public readonly struct MeanAbsoluteError : ISoftmaxLoss
{
    /// <inheritdoc/>
    public float Value(float logP) => 2f * (1f - XMath.Exp(logP));

    /// <inheritdoc/>
    public float Slope(float logP) => -2f * XMath.Exp(logP);
}
