using ILGPU.Algorithms;

namespace CudaNoisy.Kernels;

/// <summary>Generalized cross-entropy: f(p) = (1 - p^q)/q, f'(p) p = -p^q, for q in (0, 1].</summary>
/// <param name="Q">The exponent q: towards 0 it is cross-entropy, at 1 half the mean absolute error.</param>
/// <remarks>Zhang and Sabuncu, NeurIPS 2018, eq. 6.</remarks>
public readonly record struct GeneralizedCrossEntropy(float Q) : ISoftmaxLoss
{
    /// <inheritdoc/>
    public float Value(float logP) => (1f - XMath.Exp(Q * logP)) / Q;

    /// <inheritdoc/>
    public float Slope(float logP) => -XMath.Exp(Q * logP);
}
