using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Sizes and modes of a batch-norm's backward or tangent pass.</summary>
/// <param name="Rows">N*H*W.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Epsilon">The model's epsilon.</param>
/// <param name="Training">1: the statistics depend on x.</param>
/// <param name="AccumulateX">1: dx +=.</param>
/// <param name="AccumulateResidual">1: dresidual +=.</param>
public readonly record struct NormalizationPass(long Rows, int Channels, float Epsilon, int Training, int AccumulateX, int AccumulateResidual)
{
    /// <summary>gamma inv (g - mean(g) - (x - mean) inv^2 mean(g (x - mean))), or gamma inv g outside training.</summary>
    public float Project(float g, float centred, float variance, float gamma, float sum, float product)
    {
        var inverse = 1f / XMath.Sqrt(variance + Epsilon);
        var inner = Training != 0 ? g - (sum / Rows) - (centred * inverse * inverse * (product / Rows)) : g;
        return gamma * inverse * inner;
    }
}
