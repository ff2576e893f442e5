using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Element-wise maps, one thread an element. Outputs may be inputs.</summary>
public static class GpuElementwise
{
    /// <summary>x = value.</summary>
    public static void Fill(ArrayView<float> x, float value)
    {
        var i = GpuIndex.Global;
        if (i < x.Length)
            x[i] = value;
    }

    /// <summary>y = x.</summary>
    public static void Copy(ArrayView<float> x, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i < x.Length)
            y[i] = x[i];
    }

    /// <summary>y = a + alpha * b.</summary>
    public static void AddScaled(ArrayView<float> a, float alpha, ArrayView<float> b, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i < y.Length)
            y[i] = a[i] + (alpha * b[i]);
    }

    /// <summary>y = min(max(x, low), high).</summary>
    public static void Clip(ArrayView<float> x, float low, float high, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i < y.Length)
            y[i] = x[i] < low ? low : x[i] > high ? high : x[i];
    }

    /// <summary>dx = (or +=) dy where low &lt; key &lt; high, else 0.</summary>
    public static void Mask(ArrayView<float> key, float low, float high, ArrayView<float> dy, int accumulate, ArrayView<float> dx)
    {
        var i = GpuIndex.Global;
        if (i >= dx.Length)
            return;
        var value = key[i] > low && key[i] < high ? dy[i] : 0f;
        dx[i] = accumulate != 0 ? dx[i] + value : value;
    }

    /// <summary>y = x * scale + shift per channel; empty scale is 1, empty shift 0.</summary>
    public static void Affine(int channels, ArrayView<float> x, ArrayView<float> scale, ArrayView<float> shift, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i >= y.Length)
            return;
        var c = i % channels;
        var value = scale.Length > 0 ? x[i] * scale[c] : x[i];
        y[i] = shift.Length > 0 ? value + shift[c] : value;
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
