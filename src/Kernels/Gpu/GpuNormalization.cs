using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Batch normalization over (rows, channels): the passes that read and write all of them. What belongs to a channel is in <see cref="GpuChannels"/>.</summary>
/// <remarks>With inv = 1/sqrt(variance + eps), xHat = (x - mean) inv and g = dy where the ReLU passed: y = gamma xHat + beta (+ residual);
/// dx = gamma inv (g - mean(g) - xHat mean(g xHat)); the Jvp is the same map of xDot plus gammaDot xHat + betaDot (+ residualDot).</remarks>
public static class GpuNormalization
{
    /// <summary>y = (x - mean) gamma inv + beta (+ residual), then ReLU. Flags, where they are not empty, get <see cref="NormalizationMask.Flags"/>.</summary>
    public static void Forward<TAccess>(
        NormalizationPass pass, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> beta,
        NormalizationResidual residual, int relu, ArrayView<float> y, ArrayView<byte> flags)
        where TAccess : unmanaged, IAccess
    {
        var at = ChannelSweep.Create<TAccess>(pass.Rows, pass.Channels);
        if (at.First >= at.Last)
            return;
        var map = NormalizationMap.Create<TAccess>(pass.Epsilon, at.Column, mean, variance, gamma, beta);
        var none = Quad.All(0);
        var other = residual.Table.Length > 0 ? ChannelTables.Load<TAccess>(residual.Table, pass.Channels, at.Column) : new NormalizationMap(none, none, none);
        var low = relu != 0 ? 0 : float.NegativeInfinity;
        var (i, stride) = (at.Index, at.Stride);
        var row = at.First;
        for (; row + (3 * at.Step) < at.Last; row += 4 * at.Step)
        {
            // All reads of four rows are under way before the first is needed.
            var v0 = TAccess.Load(x, i);
            var v1 = TAccess.Load(x, i + stride);
            var v2 = TAccess.Load(x, i + (2 * stride));
            var v3 = TAccess.Load(x, i + (3 * stride));
            var (r0, r1, r2, r3) = (none, none, none, none);
            if (residual.X.Length > 0)
            {
                r0 = TAccess.Load(residual.X, i);
                r1 = TAccess.Load(residual.X, i + stride);
                r2 = TAccess.Load(residual.X, i + (2 * stride));
                r3 = TAccess.Load(residual.X, i + (3 * stride));
            }

            if (residual.Table.Length > 0)
            {
                r0 = other.Apply(r0);
                r1 = other.Apply(r1);
                r2 = other.Apply(r2);
                r3 = other.Apply(r3);
            }

            Store<TAccess>((map.Apply(v0) + r0).Clipped(low, float.PositiveInfinity), i, y, flags);
            Store<TAccess>((map.Apply(v1) + r1).Clipped(low, float.PositiveInfinity), i + stride, y, flags);
            Store<TAccess>((map.Apply(v2) + r2).Clipped(low, float.PositiveInfinity), i + (2 * stride), y, flags);
            Store<TAccess>((map.Apply(v3) + r3).Clipped(low, float.PositiveInfinity), i + (3 * stride), y, flags);
            i += 4 * stride;
        }

        for (; row < at.Last; row += at.Step)
        {
            var value = map.Apply(TAccess.Load(x, i));
            if (residual.Table.Length > 0)
                value += other.Apply(TAccess.Load(residual.X, i));
            else if (residual.X.Length > 0)
                value += TAccess.Load(residual.X, i);
            Store<TAccess>(value.Clipped(low, float.PositiveInfinity), i, y, flags);
            i += stride;
        }
    }

    /// <summary>The input's part of the backward pass, and the residual's: dx and dresidual = or +=; either may be empty, either may be dy.</summary>
    public static void Backward<TAccess>(
        NormalizationPass pass, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, NormalizationMask mask, ArrayView<float> dy,
        ArrayView<float> sums, ArrayView<float> dx, ArrayView<float> dresidual)
        where TAccess : unmanaged, IAccess
    {
        var at = ChannelSweep.Create<TAccess>(pass.Rows, pass.Channels);
        if (at.First >= at.Last)
            return;
        var projection = NormalizationProjection.Create<TAccess>(pass, at.Column, mean, variance, gamma, sums);
        var map = NormalizationMap.Create<TAccess>(pass.Epsilon, at.Column, mean, variance, gamma, mask.Beta);
        var readsX = dx.Length > 0 || mask.Beta.Length > 0;
        var (i, stride) = (at.Index, at.Stride);
        var row = at.First;
        for (; row + at.Step < at.Last; row += 2 * at.Step)
        {
            // All reads of two rows are under way before the first is needed.
            var j = i + stride;
            var (g0, g1) = (TAccess.Load(dy, i), TAccess.Load(dy, j));
            var (x0, x1, old0, old1, more0, more1) = (Quad.All(0), Quad.All(0), Quad.All(0), Quad.All(0), Quad.All(0), Quad.All(0));
            if (readsX)
                (x0, x1) = (TAccess.Load(x, i), TAccess.Load(x, j));
            if (pass.AccumulateX != 0 && dx.Length > 0)
                (old0, old1) = (TAccess.Load(dx, i), TAccess.Load(dx, j));
            if (pass.AccumulateResidual != 0 && dresidual.Length > 0)
                (more0, more1) = (TAccess.Load(dresidual, i), TAccess.Load(dresidual, j));
            if (mask.Flags.Length > 0)
            {
                var (f0, f1) = (mask.Flags[i >> 2], mask.Flags[j >> 2]);
                (g0, g1) = (g0.WhereSet(f0), g1.WhereSet(f1));
            }
            else if (mask.Y.Length > 0)
            {
                var (y0, y1) = (TAccess.Load(mask.Y, i), TAccess.Load(mask.Y, j));
                (g0, g1) = (g0.WherePositive(y0), g1.WherePositive(y1));
            }
            else if (mask.Beta.Length > 0)
            {
                (g0, g1) = (g0.WherePositive(map.Apply(x0)), g1.WherePositive(map.Apply(x1)));
            }

            if (dx.Length > 0)
            {
                TAccess.Store(dx, i, old0 + projection.Apply(g0, x0));
                TAccess.Store(dx, j, old1 + projection.Apply(g1, x1));
            }

            if (dresidual.Length > 0)
            {
                TAccess.Store(dresidual, i, more0 + g0);
                TAccess.Store(dresidual, j, more1 + g1);
            }

            i += 2 * stride;
        }

        for (; row < at.Last; row += at.Step)
        {
            var g = TAccess.Load(dy, i);
            var input = readsX ? TAccess.Load(x, i) : Quad.All(0);
            g = mask.Apply<TAccess>(g, i, map, input);
            if (dx.Length > 0)
            {
                var value = projection.Apply(g, input);
                TAccess.Store(dx, i, pass.AccumulateX != 0 ? TAccess.Load(dx, i) + value : value);
            }

            if (dresidual.Length > 0)
                TAccess.Store(dresidual, i, pass.AccumulateResidual != 0 ? TAccess.Load(dresidual, i) + g : g);
            i += stride;
        }
    }

    /// <summary>yDot = the projection of xDot + gammaDot xHat + betaDot (+ residualDot), zero where the ReLU was. Empty tangents are zero.</summary>
    public static void Jvp<TAccess>(
        NormalizationPass pass, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, NormalizationMask mask, ArrayView<float> sums,
        NormalizationTangents tangents, ArrayView<float> yDot)
        where TAccess : unmanaged, IAccess
    {
        var at = ChannelSweep.Create<TAccess>(pass.Rows, pass.Channels);
        if (at.First >= at.Last)
            return;
        var projection = NormalizationProjection.Create<TAccess>(pass, at.Column, mean, variance, gamma, sums);
        var map = NormalizationMap.Create<TAccess>(pass.Epsilon, at.Column, mean, variance, gamma, mask.Beta);
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
            TAccess.Store(yDot, i, mask.Apply<TAccess>(value, i, map, input));
        }
    }

    /// <summary>1 / sqrt(variance + epsilon).</summary>
    public static Quad Inverse(Quad variance, float epsilon) => new(
        1f / XMath.Sqrt(variance.X + epsilon), 1f / XMath.Sqrt(variance.Y + epsilon), 1f / XMath.Sqrt(variance.Z + epsilon), 1f / XMath.Sqrt(variance.W + epsilon));

    private static void Store<TAccess>(Quad value, long index, ArrayView<float> y, ArrayView<byte> flags)
        where TAccess : unmanaged, IAccess
    {
        TAccess.Store(y, index, value);
        if (flags.Length > 0)
            flags[index >> 2] = (byte)value.Positive();
    }
}
