using System.Numerics.Tensors;

namespace CudaNoisy.Kernels.Host;

/// <summary>Pooling and subsampling of one image, x (H,W,C), y (P,Q,C).</summary>
public static unsafe class PoolImages
{
    /// <summary>y = maximum of each window, indices = its position h*W+w. Overwrites (=).</summary>
    public static void MaxForward(in Pool2dShape s, float* x, float* y, int* indices)
    {
        for (var pixel = 0; pixel < s.P * s.Q; pixel++, y += s.C, indices += s.C)
        {
            var (h0, h1, w0, w1) = Window(s, pixel);
            var first = true;
            for (var h = h0; h < h1; h++)
            {
                for (var w = w0; w < w1; w++, first = false)
                {
                    var position = (h * s.W) + w;
                    var source = x + ((long)position * s.C);
                    for (var c = 0; c < s.C; c++)
                    {
                        if (first || source[c] > y[c])
                            (y[c], indices[c]) = (source[c], position);
                    }
                }
            }
        }
    }

    /// <summary>dx += dy at each window's maximum.</summary>
    public static void MaxBackward(in Pool2dShape s, float* dy, int* indices, float* dx)
    {
        for (var pixel = 0; pixel < s.P * s.Q; pixel++, dy += s.C, indices += s.C)
        {
            for (var c = 0; c < s.C; c++)
                dx[((long)indices[c] * s.C) + c] += dy[c];
        }
    }

    /// <summary>yDot = xDot at each window's maximum. Overwrites (=).</summary>
    public static void MaxJvp(in Pool2dShape s, float* xDot, int* indices, float* yDot)
    {
        for (var pixel = 0; pixel < s.P * s.Q; pixel++, yDot += s.C, indices += s.C)
        {
            for (var c = 0; c < s.C; c++)
                yDot[c] = xDot[((long)indices[c] * s.C) + c];
        }
    }

    /// <summary>y = average of each window. Overwrites (=).</summary>
    public static void AverageForward(in Pool2dShape s, float* x, float* y)
    {
        for (var pixel = 0; pixel < s.P * s.Q; pixel++, y += s.C)
        {
            var target = new Span<float>(y, s.C);
            target.Clear();
            var (h0, h1, w0, w1) = Window(s, pixel);
            for (var h = h0; h < h1; h++)
            {
                for (var w = w0; w < w1; w++)
                    TensorPrimitives.Add(target, new ReadOnlySpan<float>(x + ((((long)h * s.W) + w) * s.C), s.C), target);
            }

            TensorPrimitives.Multiply(target, 1f / Count(s, (h1 - h0) * (w1 - w0)), target);
        }
    }

    /// <summary>dx += dy spread over each window.</summary>
    public static void AverageBackward(in Pool2dShape s, float* dy, float* dx)
    {
        for (var pixel = 0; pixel < s.P * s.Q; pixel++, dy += s.C)
        {
            var (h0, h1, w0, w1) = Window(s, pixel);
            var share = 1f / Count(s, (h1 - h0) * (w1 - w0));
            for (var h = h0; h < h1; h++)
            {
                for (var w = w0; w < w1; w++)
                {
                    var target = new Span<float>(dx + ((((long)h * s.W) + w) * s.C), s.C);
                    TensorPrimitives.MultiplyAdd(new ReadOnlySpan<float>(dy, s.C), share, target, target);
                }
            }
        }
    }

    /// <summary>y = every Stride-th pixel, zero channels around. Overwrites (=).</summary>
    public static void Subsample(in SubsampleShape s, float* x, float* y)
    {
        for (var p = 0; p < s.P; p++)
        {
            for (var q = 0; q < s.Q; q++, y += s.K)
            {
                new Span<float>(y, s.K).Clear();
                var source = x + ((((long)p * s.StrideH * s.W) + (q * s.StrideW)) * s.C);
                new ReadOnlySpan<float>(source, s.C).CopyTo(new Span<float>(y + s.ChannelOffset, s.C));
            }
        }
    }

    /// <summary>dx = (or +=) dy at the sampled pixels, 0 elsewhere.</summary>
    public static void SubsampleBackward(in SubsampleShape s, float* dy, float* dx, bool accumulate)
    {
        if (!accumulate)
            new Span<float>(dx, s.H * s.W * s.C).Clear();
        for (var p = 0; p < s.P; p++)
        {
            for (var q = 0; q < s.Q; q++, dy += s.K)
            {
                var target = new Span<float>(dx + ((((long)p * s.StrideH * s.W) + (q * s.StrideW)) * s.C), s.C);
                TensorPrimitives.Add(target, new ReadOnlySpan<float>(dy + s.ChannelOffset, s.C), target);
            }
        }
    }

    private static int Count(in Pool2dShape s, int inside) => s.CountPadding != 0 ? s.R * s.S : inside;

    private static (int H0, int H1, int W0, int W1) Window(in Pool2dShape s, int pixel)
    {
        var (p, q) = Math.DivRem(pixel, s.Q);
        var (h, w) = ((p * s.StrideH) - s.PadTop, (q * s.StrideW) - s.PadLeft);
        return (Math.Max(0, h), Math.Min(s.H, h + s.R), Math.Max(0, w), Math.Min(s.W, w + s.S));
    }
}
