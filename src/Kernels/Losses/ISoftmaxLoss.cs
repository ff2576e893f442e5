namespace CudaNoisy.Kernels;

/// <summary>A loss that is a function f of p, the softmax probability of the given label. Implementations are unmanaged structs.</summary>
/// <remarks>Both members take logP = ln p, which stays finite for any finite logits, so that no loss or slope is NaN or infinite.
/// With p_j the softmax: dL/dz_j = Slope * (delta_jy - p_j), and along a tangent zDot: lDot = Slope * (zDot_y - sum_j p_j zDot_j).</remarks>
public interface ISoftmaxLoss
{
    /// <summary>f(p), for logP = ln p.</summary>
    float Value(float logP);

    /// <summary>f'(p) * p, for logP = ln p.</summary>
    float Slope(float logP);
}
