namespace CudaNoisy.Runtime;

/// <summary>How a GPU multiplies inside convolutions.</summary>
public enum Precision
{
    /// <summary>Tensor cores where there are some: operands rounded to 10 bits of mantissa, sums in float32. PyTorch's default for convolutions, too.</summary>
    Tf32,

    /// <summary>float32 everywhere.</summary>
    Fp32,
}
