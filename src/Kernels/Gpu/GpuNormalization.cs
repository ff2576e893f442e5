using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Batch normalization over (rows, channels): the passes that read and write all of them. What belongs to a channel is in <see cref="GpuChannels"/>.</summary>
/// <remarks>With inv = 1/sqrt(variance + eps), xHat = (x - mean) inv and g = dy where the ReLU passed: y = gamma xHat + beta (+ residual);
/// dx = gamma inv (g - mean(g) - xHat mean(g xHat)); the Jvp is the same map of xDot plus gammaDot xHat + betaDot (+ residualDot).</remarks>
public static class GpuNormalization
{
    /// <summary>y = (x - mean) gamma inv + beta (+ residual), then ReLU.</summary>
    public static void Forward<TAccess>(
        NormalizationPass pass, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> beta,
        ArrayView<float> residual, int relu, ArrayView<float> y)
        where TAccess : unmanaged, IAccess
    {
        var at = ChannelSweep.Create<TAccess>(pass.Rows, pass.Channels);
        if (at.First >= at.Last)
            return;
        var centre = TAccess.Load(mean, at.Column);
        var scale = TAccess.Load(gamma, at.Column) * Inverse(TAccess.Load(variance, at.Column), pass.Epsilon);
        var shift = TAccess.Load(beta, at.Column);
        for (var row = at.First; row < at.Last; row += at.Step)
        {
            var i = (row * pass.Channels) + at.Column;
            var value = ((TAccess.Load(x, i) - centre) * scale) + shift;
            if (residual.Length > 0)
                value += TAccess.Load(residual, i);
            TAccess.Store(y, i, relu != 0 ? value.Clipped(0, float.PositiveInfinity) : value);
        }
    }

    /// <summary>The input's part of the backward pass, and the residual's: dx and dresidual = or +=; either may be empty, either may be dy.</summary>
    public static void Backward<TAccess>(
        NormalizationPass pass, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> y, ArrayView<float> dy,
        ArrayView<float> sums, ArrayView<float> dx, ArrayView<float> dresidual)
        where TAccess : unmanaged, IAccess
    {
        var at = ChannelSweep.Create<TAccess>(pass.Rows, pass.Channels);
        if (at.First >= at.Last)
            return;
        var projection = NormalizationProjection.Create<TAccess>(pass, at.Column, mean, variance, gamma, sums);
        for (var row = at.First; row < at.Last; row += at.Step)
        {
            var i = (row * pass.Channels) + at.Column;
            var g = TAccess.Load(dy, i);
            if (y.Length > 0)
                g = g.WherePositive(TAccess.Load(y, i));
            if (dx.Length > 0)
            {
                var value = projection.Apply(g, TAccess.Load(x, i));
                TAccess.Store(dx, i, pass.AccumulateX != 0 ? TAccess.Load(dx, i) + value : value);
            }

            if (dresidual.Length > 0)
                TAccess.Store(dresidual, i, pass.AccumulateResidual != 0 ? TAccess.Load(dresidual, i) + g : g);
        }
    }

    /// <summary>yDot = the projection of xDot + gammaDot xHat + betaDot (+ residualDot), zero where y is given and not positive. Empty tangents are zero.</summary>
    public static void Jvp<TAccess>(
        NormalizationPass pass, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> y, ArrayView<float> sums,
        NormalizationTangents tangents, ArrayView<float> yDot)
        where TAccess : unmanaged, IAccess
    {
        var at = ChannelSweep.Create<TAccess>(pass.Rows, pass.Channels);
        if (at.First >= at.Last)
            return;
        var projection = NormalizationProjection.Create<TAccess>(pass, at.Column, mean, variance, gamma, sums);
        var centre = TAccess.Load(mean, at.Column);
        var scale = tangents.Gamma.Length > 0 ? TAccess.Load(tangents.Gamma, at.Column) * Inverse(TAccess.Load(variance, at.Column), pass.Epsilon) : Quad.All(0);
        var shift = tangents.Beta.Length > 0 ? TAccess.Load(tangents.Beta, at.Column) : Quad.All(0);
        for (var row = at.First; row < at.Last; row += at.Step)
        {
            var i = (row * pass.Channels) + at.Column;
            var input = TAccess.Load(x, i);
            var value = ((input - centre) * scale) + shift;
            if (tangents.X.Length > 0)
                value += projection.Apply(TAccess.Load(tangents.X, i), input);
            if (tangents.Residual.Length > 0)
                value += TAccess.Load(tangents.Residual, i);
            TAccess.Store(yDot, i, y.Length > 0 ? value.WherePositive(TAccess.Load(y, i)) : value);
        }
    }

    /// <summary>1 / sqrt(variance + epsilon).</summary>
    public static Quad Inverse(Quad variance, float epsilon) => new(
        1f / XMath.Sqrt(variance.X + epsilon), 1f / XMath.Sqrt(variance.Y + epsilon), 1f / XMath.Sqrt(variance.Z + epsilon), 1f / XMath.Sqrt(variance.W + epsilon));
}
