using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>A batch-norm's forward map (x - mean) gamma inv + beta, with a channel's numbers worked out. What finds a ReLU's mask again uses this one, so that it rounds alike.</summary>
/// <param name="Centre">The mean of x.</param>
/// <param name="Scale">gamma inv.</param>
/// <param name="Shift">beta.</param>
public readonly record struct NormalizationMap(Quad Centre, Quad Scale, Quad Shift)
{
    /// <summary>That of some neighbouring channels; without beta it maps everything to 0.</summary>
    public static NormalizationMap Create<TAccess>(float epsilon, int column, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> beta)
        where TAccess : unmanaged, IAccess => beta.Length == 0
        ? new NormalizationMap(Quad.All(0), Quad.All(0), Quad.All(0))
        : new NormalizationMap(
            TAccess.Load(mean, column), TAccess.Load(gamma, column) * GpuNormalization.Inverse(TAccess.Load(variance, column), epsilon), TAccess.Load(beta, column));

    /// <summary>The output before a residual and a ReLU.</summary>
    public Quad Apply(Quad x) => ((x - Centre) * Scale) + Shift;
}
