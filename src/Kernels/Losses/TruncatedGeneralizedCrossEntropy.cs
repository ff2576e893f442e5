using ILGPU.Algorithms;

namespace CudaNoisy.Kernels;

/// <summary>Truncated generalized cross-entropy: f(p) = (1 - max(p, k)^q)/q; constant, so without gradient, where p &lt;= k.</summary>
/// <param name="Q">The exponent q in (0, 1].</param>
/// <param name="LogK">ln k, the truncation threshold (the paper's k = 0.5).</param>
/// <remarks>Zhang and Sabuncu, NeurIPS 2018, eq. 9.</remarks>
public readonly record struct TruncatedGeneralizedCrossEntropy(float Q, float LogK) : ISoftmaxLoss
{
    /// <inheritdoc/>
    public float Value(float logP) => (1f - XMath.Exp(Q * XMath.Max(logP, LogK))) / Q;

    /// <inheritdoc/>
    public float Slope(float logP) => logP > LogK ? -XMath.Exp(Q * logP) : 0f;
}
