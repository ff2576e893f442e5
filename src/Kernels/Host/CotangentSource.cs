namespace CudaNoisy.Kernels.Host;

/// <summary>The batch-norm whose output's cotangent a convolution's backward pass makes: what is needed to leave its sums on the way. Tensors are laid out like the cotangent.</summary>
public unsafe struct CotangentSource
{
    /// <summary>Its input; null: there is none, and nothing else counts.</summary>
    public float* X;

    /// <summary>The input's means.</summary>
    public float* Mean;

    /// <summary>Where its ReLU was.</summary>
    public NormalizationMask Mask;
}
