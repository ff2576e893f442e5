using System.Numerics;
using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Batch normalization of rows of channels, as affine maps of x - mean (which does not cancel) whose coefficients the launcher derives.</summary>
/// <remarks>Forward: y = (x-mean)*scale + shift (+ residual), then ReLU. Backward: dx = g*a + (x-mean)*b + s, where g is dy, zero where the ReLU was.
/// Jvp: like forward, plus a second input.</remarks>
public static unsafe class NormalizationRows
{
    /// <summary>Rows summed in float before their sum is added in double.</summary>
    private const int Run = 32;

    /// <summary>What happens to a row's result.</summary>
    public enum Output
    {
        /// <summary>Nothing.</summary>
        Plain,

        /// <summary>Negative values become 0.</summary>
        Relu,

        /// <summary>Values become 0 where a mask is not positive.</summary>
        Masked,
    }

    /// <summary>y = (a-mean)*scaleA (+ b*scaleB) + shift (+ residual), then the output rule. b and residual may be null; y may be any input.</summary>
    public static void Apply(float* a, float* mean, float* scaleA, float* b, float* scaleB, float* shift, float* residual, Output mode, float* mask, float* y, int channels)
    {
        var c = 0;
        for (; c <= channels - Vector<float>.Count; c += Vector<float>.Count)
        {
            var value = Vector.FusedMultiplyAdd(Vector.Load(a + c) - Vector.Load(mean + c), Vector.Load(scaleA + c), Vector.Load(shift + c));
            if (b is not null)
                value = Vector.FusedMultiplyAdd(Vector.Load(b + c), Vector.Load(scaleB + c), value);
            if (residual is not null)
                value += Vector.Load(residual + c);
            if (mode == Output.Relu)
                value = Vector.Max(value, Vector<float>.Zero);
            else if (mode == Output.Masked)
                value = Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(mask + c), Vector<float>.Zero), value, Vector<float>.Zero);
            Vector.Store(value, y + c);
        }

        for (; c < channels; c++)
        {
            var value = MathF.FusedMultiplyAdd(a[c] - mean[c], scaleA[c], shift[c]);
            if (b is not null)
                value = MathF.FusedMultiplyAdd(b[c], scaleB[c], value);
            if (residual is not null)
                value += residual[c];
            y[c] = mode == Output.Relu ? MathF.Max(value, 0) : mode == Output.Masked && !(mask[c] > 0) ? 0 : value;
        }
    }

    /// <summary>dx = (or +=) g*a + (x-mean)*b + s and dresidual = (or +=) g; either may be null, and either may be dy.</summary>
    public static void Backward(
        float* x, float* mean, float* y, float* dy, float* a, float* b, float* s, float* dx, bool accumulateX, float* dresidual, bool accumulateResidual, int channels)
    {
        var c = 0;
        for (; c <= channels - Vector<float>.Count; c += Vector<float>.Count)
        {
            var g = Vector.Load(dy + c);
            if (y is not null)
                g = Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(y + c), Vector<float>.Zero), g, Vector<float>.Zero);
            if (dx is not null)
            {
                var value = Vector.FusedMultiplyAdd(g, Vector.Load(a + c), Vector.FusedMultiplyAdd(Vector.Load(x + c) - Vector.Load(mean + c), Vector.Load(b + c), Vector.Load(s + c)));
                Vector.Store(accumulateX ? Vector.Load(dx + c) + value : value, dx + c);
            }

            if (dresidual is not null)
                Vector.Store(accumulateResidual ? Vector.Load(dresidual + c) + g : g, dresidual + c);
        }

        for (; c < channels; c++)
        {
            var g = y is null || y[c] > 0 ? dy[c] : 0;
            if (dx is not null)
            {
                var value = MathF.FusedMultiplyAdd(g, a[c], MathF.FusedMultiplyAdd(x[c] - mean[c], b[c], s[c]));
                dx[c] = accumulateX ? dx[c] + value : value;
            }

            if (dresidual is not null)
                dresidual[c] = accumulateResidual ? dresidual[c] + g : g;
        }
    }

    /// <summary>sums[c] = sum over rows of g, products[c] = sum of g*(x - mean); g = dy, zero where y is given and not positive. Overwrites (=).</summary>
    public static void Reduce(float* x, float* mean, float* y, float* dy, int rows, int channels, float* sums, float* products)
    {
        var c = 0;
        for (; c <= channels - Vector<float>.Count; c += Vector<float>.Count)
        {
            var m = Vector.Load(mean + c);
            Vector<double> sumLow = default, sumHigh = default, productLow = default, productHigh = default;
            long offset = c;
            for (var first = 0; first < rows; first += Run)
            {
                Vector<float> s = default, p = default;
                for (var row = first; row < Math.Min(rows, first + Run); row++, offset += channels)
                {
                    var g = Masked(y, dy, offset);
                    s += g;
                    p = Vector.FusedMultiplyAdd(g, Vector.Load(x + offset) - m, p);
                }

                Vector.Widen(s, out var low, out var high);
                sumLow += low;
                sumHigh += high;
                Vector.Widen(p, out low, out high);
                productLow += low;
                productHigh += high;
            }

            Vector.Store(Vector.Narrow(sumLow, sumHigh), sums + c);
            Vector.Store(Vector.Narrow(productLow, productHigh), products + c);
        }

        for (; c < channels; c++)
        {
            double sum = 0, product = 0;
            for (long row = 0, offset = c; row < rows; row++, offset += channels)
            {
                var g = y is null || y[offset] > 0 ? dy[offset] : 0;
                sum += g;
                product += (double)g * (x[offset] - mean[c]);
            }

            sums[c] = (float)sum;
            products[c] = (float)product;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Masked(float* y, float* dy, long offset)
    {
        var g = Vector.Load(dy + offset);
        return y is null ? g : Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(y + offset), Vector<float>.Zero), g, Vector<float>.Zero);
    }
}
