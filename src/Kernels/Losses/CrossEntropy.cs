namespace CudaNoisy.Kernels;

/// <summary>Categorical cross-entropy: f(p) = -ln p, f'(p) p = -1.</summary>
public readonly struct CrossEntropy : ISoftmaxLoss
{
    /// <inheritdoc/>
    public float Value(float logP) => -logP;

    /// <inheritdoc/>
    public float Slope(float logP) => -1f;
}
