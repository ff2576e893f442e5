using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>gamma inv (g - mean(g) - (x - mean) inv^2 mean(g (x - mean))), or gamma inv g outside training, with a channel's numbers worked out.</summary>
/// <param name="Scale">gamma inv.</param>
/// <param name="Centre">The mean of x.</param>
/// <param name="Mean">mean(g).</param>
/// <param name="Slope">inv^2 mean(g (x - mean)).</param>
public readonly record struct NormalizationProjection(Quad Scale, Quad Centre, Quad Mean, Quad Slope)
{
    /// <summary>That of some neighbouring channels.</summary>
    public static NormalizationProjection Create<TAccess>(
        NormalizationPass pass, int column, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> sums)
        where TAccess : unmanaged, IAccess
    {
        var inverse = GpuNormalization.Inverse(TAccess.Load(variance, column), pass.Epsilon);
        var scale = TAccess.Load(gamma, column) * inverse;
        var centre = TAccess.Load(mean, column);
        if (pass.Training == 0 || sums.Length == 0)
            return new NormalizationProjection(scale, centre, Quad.All(0), Quad.All(0));
        var rows = Quad.All(pass.Rows);
        return new NormalizationProjection(scale, centre, TAccess.Load(sums, column) / rows, inverse * inverse * (TAccess.Load(sums, pass.Channels + column) / rows));
    }

    /// <summary>The projection of a cotangent or tangent at an input.</summary>
    public Quad Apply(Quad g, Quad x) => Scale * (g - Mean - ((x - Centre) * Slope));
}
