using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Pooling and subsampling, one thread an element of the result; adjoints gather, so that nothing is written twice.</summary>
public static class GpuPooling
{
    /// <summary>y = maximum of each window, indices = its position h*W+w, the first of equals.</summary>
    public static void MaxForward(Pool2dShape s, ArrayView<float> x, ArrayView<float> y, ArrayView<int> indices)
    {
        var i = GpuIndex.Global;
        if (i >= s.OutputLength)
            return;
        var (n, p, q, c) = PixelPlace.At(i, s.P, s.Q, s.C);
        var best = float.NegativeInfinity;
        var position = -1;
        for (var r = 0; r < s.R; r++)
        {
            var h = (p * s.StrideH) - s.PadTop + r;
            for (var t = 0; t < s.S; t++)
            {
                var w = (q * s.StrideW) - s.PadLeft + t;
                if (h < 0 || h >= s.H || w < 0 || w >= s.W)
                    continue;
                var value = x[(((n * s.H) + h) * s.W + w) * s.C + c];
                if (position < 0 || value > best)
                {
                    best = value;
                    position = (h * s.W) + w;
                }
            }
        }

        y[i] = best;
        indices[i] = position;
    }

    /// <summary>dx = (or +=) the sum of dy over the windows whose maximum this pixel is.</summary>
    public static void MaxBackward(Pool2dShape s, ArrayView<float> dy, ArrayView<int> indices, int accumulate, ArrayView<float> dx)
    {
        var i = GpuIndex.Global;
        if (i >= s.InputLength)
            return;
        var (n, h, w, c) = PixelPlace.At(i, s.H, s.W, s.C);
        var position = (h * s.W) + w;
        var sum = 0f;
        var lastP = Last(h + s.PadTop, s.StrideH, s.P);
        var lastQ = Last(w + s.PadLeft, s.StrideW, s.Q);
        for (var p = First(h + s.PadTop, s.R, s.StrideH); p <= lastP; p++)
        {
            for (var q = First(w + s.PadLeft, s.S, s.StrideW); q <= lastQ; q++)
            {
                var output = ((((n * s.P) + p) * s.Q + q) * s.C) + c;
                if (indices[output] == position)
                    sum += dy[output];
            }
        }

        dx[i] = accumulate != 0 ? dx[i] + sum : sum;
    }

    /// <summary>yDot = xDot at each window's maximum.</summary>
    public static void MaxJvp(Pool2dShape s, ArrayView<float> xDot, ArrayView<int> indices, ArrayView<float> yDot)
    {
        var i = GpuIndex.Global;
        if (i >= s.OutputLength)
            return;
        var at = PixelPlace.At(i, s.P, s.Q, s.C);
        yDot[i] = xDot[(((at.N * s.H * s.W) + indices[i]) * s.C) + at.C];
    }

    /// <summary>y = average of each window.</summary>
    public static void AverageForward(Pool2dShape s, ArrayView<float> x, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i >= s.OutputLength)
            return;
        var (n, p, q, c) = PixelPlace.At(i, s.P, s.Q, s.C);
        var sum = 0f;
        for (var r = 0; r < s.R; r++)
        {
            var h = (p * s.StrideH) - s.PadTop + r;
            for (var t = 0; t < s.S; t++)
            {
                var w = (q * s.StrideW) - s.PadLeft + t;
                if (h >= 0 && h < s.H && w >= 0 && w < s.W)
                    sum += x[(((n * s.H) + h) * s.W + w) * s.C + c];
            }
        }

        y[i] = sum / Divisor(s, p, q);
    }

    /// <summary>dx = (or +=) the windows' dy, each divided by its size.</summary>
    public static void AverageBackward(Pool2dShape s, ArrayView<float> dy, int accumulate, ArrayView<float> dx)
    {
        var i = GpuIndex.Global;
        if (i >= s.InputLength)
            return;
        var (n, h, w, c) = PixelPlace.At(i, s.H, s.W, s.C);
        var sum = 0f;
        var lastP = Last(h + s.PadTop, s.StrideH, s.P);
        var lastQ = Last(w + s.PadLeft, s.StrideW, s.Q);
        for (var p = First(h + s.PadTop, s.R, s.StrideH); p <= lastP; p++)
        {
            for (var q = First(w + s.PadLeft, s.S, s.StrideW); q <= lastQ; q++)
                sum += dy[((((n * s.P) + p) * s.Q + q) * s.C) + c] / Divisor(s, p, q);
        }

        dx[i] = accumulate != 0 ? dx[i] + sum : sum;
    }

    /// <summary>y = every Stride-th pixel, zero channels around.</summary>
    public static void Subsample(SubsampleShape s, ArrayView<float> x, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i >= s.OutputLength)
            return;
        var (n, p, q, channel) = PixelPlace.At(i, s.P, s.Q, s.K);
        var c = channel - s.ChannelOffset;
        y[i] = c >= 0 && c < s.C ? x[(((n * s.H) + (p * s.StrideH)) * s.W + (q * s.StrideW)) * s.C + c] : 0f;
    }

    /// <summary>dx = (or +=) dy at the sampled pixels, 0 elsewhere.</summary>
    public static void SubsampleBackward(SubsampleShape s, ArrayView<float> dy, int accumulate, ArrayView<float> dx)
    {
        var i = GpuIndex.Global;
        if (i >= s.InputLength)
            return;
        var (n, h, w, c) = PixelPlace.At(i, s.H, s.W, s.C);
        var p = (int)((uint)h / (uint)s.StrideH);
        var q = (int)((uint)w / (uint)s.StrideW);
        var sampled = p * s.StrideH == h && q * s.StrideW == w;
        var value = sampled ? dy[((((n * s.P) + p) * s.Q) + q) * s.K + c + s.ChannelOffset] : 0f;
        dx[i] = accumulate != 0 ? dx[i] + value : value;
    }

    /// <summary>The first window that covers a place, counted from the padding's edge.</summary>
    private static int First(int place, int size, int stride) => place < size ? 0 : (place - size + stride) / stride;

    /// <summary>The last window that covers a place.</summary>
    private static int Last(int place, int stride, int windows) => place / stride < windows ? place / stride : windows - 1;

    private static float Divisor(Pool2dShape s, int p, int q)
    {
        if (s.CountPadding != 0)
            return s.R * s.S;
        var top = (p * s.StrideH) - s.PadTop;
        var left = (q * s.StrideW) - s.PadLeft;
        var rows = (top + s.R < s.H ? top + s.R : s.H) - (top > 0 ? top : 0);
        var columns = (left + s.S < s.W ? left + s.S : s.W) - (left > 0 ? left : 0);
        return rows * columns;
    }
}
