using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Element-wise maps, one thread an access. Outputs may be inputs.</summary>
public static class GpuElementwise
{
    /// <summary>x = value.</summary>
    public static void Fill<TAccess>(ArrayView<float> x, float value)
        where TAccess : unmanaged, IAccess
    {
        var i = GpuIndex.Global * TAccess.Width;
        if (i < x.Length)
            TAccess.Store(x, i, Quad.All(value));
    }

    /// <summary>y = x.</summary>
    public static void Copy<TAccess>(ArrayView<float> x, ArrayView<float> y)
        where TAccess : unmanaged, IAccess
    {
        var i = GpuIndex.Global * TAccess.Width;
        if (i < x.Length)
            TAccess.Store(y, i, TAccess.Load(x, i));
    }

    /// <summary>y = a + alpha * b.</summary>
    public static void AddScaled<TAccess>(ArrayView<float> a, float alpha, ArrayView<float> b, ArrayView<float> y)
        where TAccess : unmanaged, IAccess
    {
        var i = GpuIndex.Global * TAccess.Width;
        if (i < y.Length)
            TAccess.Store(y, i, TAccess.Load(a, i) + (alpha * TAccess.Load(b, i)));
    }

    /// <summary>y = min(max(x, low), high).</summary>
    public static void Clip<TAccess>(ArrayView<float> x, float low, float high, ArrayView<float> y)
        where TAccess : unmanaged, IAccess
    {
        var i = GpuIndex.Global * TAccess.Width;
        if (i < y.Length)
            TAccess.Store(y, i, TAccess.Load(x, i).Clipped(low, high));
    }

    /// <summary>dx = (or +=) dy where low &lt; key &lt; high, else 0.</summary>
    public static void Mask<TAccess>(ArrayView<float> key, float low, float high, ArrayView<float> dy, int accumulate, ArrayView<float> dx)
        where TAccess : unmanaged, IAccess
    {
        var i = GpuIndex.Global * TAccess.Width;
        if (i >= dx.Length)
            return;
        var value = TAccess.Load(dy, i).Where(TAccess.Load(key, i), low, high);
        TAccess.Store(dx, i, accumulate != 0 ? TAccess.Load(dx, i) + value : value);
    }

    /// <summary>y = x * scale + shift per channel; empty scale is 1, empty shift 0.</summary>
    public static void Affine<TAccess>(long rows, int channels, ArrayView<float> x, ArrayView<float> scale, ArrayView<float> shift, ArrayView<float> y)
        where TAccess : unmanaged, IAccess
    {
        var at = ChannelSweep.Create<TAccess>(rows, channels);
        if (at.First >= at.Last)
            return;
        var factor = scale.Length > 0 ? TAccess.Load(scale, at.Column) : Quad.All(1);
        var term = shift.Length > 0 ? TAccess.Load(shift, at.Column) : Quad.All(0);
        for (var row = at.First; row < at.Last; row += at.Step)
        {
            var i = (row * channels) + at.Column;
            TAccess.Store(y, i, (TAccess.Load(x, i) * factor) + term);
        }
    }

    /// <summary>Between (N,pixels,C) and (N,C,pixels): the thread's element is the channels-last one.</summary>
    public static void Layout(int pixels, int channels, ArrayView<float> x, int toFirst, int accumulate, ArrayView<float> y)
    {
        var last = GpuIndex.Global;
        if (last >= y.Length)
            return;
        var c = last % channels;
        var pixel = last / channels % pixels;
        var first = (((last / channels / pixels * channels) + c) * pixels) + pixel;
        if (toFirst != 0)
            y[first] = x[last];
        else
            y[last] = accumulate != 0 ? y[last] + x[first] : x[first];
    }

    /// <summary>result[0] = sum of x[i]*y[i], or of x[i] where y is empty; one group.</summary>
    public static void Dot(ArrayView<float> x, ArrayView<float> y, ArrayView<float> result)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var sum = 0f;
        for (long i = Group.IdxX; i < x.Length; i += Group.DimX)
            sum += y.Length > 0 ? x[i] * y[i] : x[i];
        sum = GpuReduce.Sum(sum, shared);
        if (Group.IdxX == 0)
            result[0] = sum;
    }
}
