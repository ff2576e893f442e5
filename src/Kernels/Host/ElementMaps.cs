using System.Numerics;

namespace CudaNoisy.Kernels.Host;

/// <summary>Element-wise maps over one part of an array. Outputs may be inputs.</summary>
public static unsafe class ElementMaps
{
    /// <summary>y = max(x, 0).</summary>
    public static void Relu(float* x, float* y, int count)
    {
        var i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Store(Vector.Max(Vector.Load(x + i), Vector<float>.Zero), y + i);
        for (; i < count; i++)
            y[i] = MathF.Max(x[i], 0);
    }

    /// <summary>y = min(max(x, low), high).</summary>
    public static void Clip(float* x, float low, float high, float* y, int count)
    {
        var (l, h) = (new Vector<float>(low), new Vector<float>(high));
        var i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Store(Vector.Min(Vector.Max(Vector.Load(x + i), l), h), y + i);
        for (; i < count; i++)
            y[i] = MathF.Min(MathF.Max(x[i], low), high);
    }

    /// <summary>dx = (or +=) dy where low &lt; key &lt; high, else 0.</summary>
    public static void Mask(float* key, float low, float high, float* dy, float* dx, int count, bool accumulate)
    {
        var (l, h) = (new Vector<float>(low), new Vector<float>(high));
        var i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            var k = Vector.Load(key + i);
            var inside = Vector.BitwiseAnd(Vector.GreaterThan(k, l), Vector.LessThan(k, h));
            var value = Vector.ConditionalSelect(inside, Vector.Load(dy + i), Vector<float>.Zero);
            Vector.Store(accumulate ? Vector.Load(dx + i) + value : value, dx + i);
        }

        for (; i < count; i++)
        {
            var value = key[i] > low && key[i] < high ? dy[i] : 0;
            dx[i] = accumulate ? dx[i] + value : value;
        }
    }

    /// <summary>y = x * scale + shift for one row of channels; null scale is 1, null shift 0.</summary>
    public static void Affine(float* x, float* scale, float* shift, float* y, int channels)
    {
        var c = 0;
        for (; c <= channels - Vector<float>.Count; c += Vector<float>.Count)
        {
            var value = Vector.Load(x + c);
            if (scale is not null)
                value *= Vector.Load(scale + c);
            if (shift is not null)
                value += Vector.Load(shift + c);
            Vector.Store(value, y + c);
        }

        for (; c < channels; c++)
            y[c] = (scale is null ? x[c] : x[c] * scale[c]) + (shift is null ? 0 : shift[c]);
    }
}
