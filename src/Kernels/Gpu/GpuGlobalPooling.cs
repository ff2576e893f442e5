using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Averages of whole images, (images, pixels, channels) to (images, channels): the window that every classifier here ends in.</summary>
public static class GpuGlobalPooling
{
    /// <summary>y = the average of each image's pixels; a thread the channels of an access.</summary>
    public static void GlobalAverageForward<TAccess>(int images, int pixels, int channels, ArrayView<float> x, ArrayView<float> y)
        where TAccess : unmanaged, IAccess
    {
        var i = GpuIndex.Global * TAccess.Width;
        if (i >= (long)images * channels)
            return;
        var n = (uint)i / (uint)channels;
        var at = ((long)n * pixels * channels) + (i - (n * (long)channels));
        var (a, b, c, d) = (Quad.All(0), Quad.All(0), Quad.All(0), Quad.All(0));
        var pixel = 0;
        for (; pixel + 3 < pixels; pixel += 4)
        {
            var (v0, v1) = (TAccess.Load(x, at), TAccess.Load(x, at + channels));
            var (v2, v3) = (TAccess.Load(x, at + (2L * channels)), TAccess.Load(x, at + (3L * channels)));
            a += v0;
            b += v1;
            c += v2;
            d += v3;
            at += 4L * channels;
        }

        for (; pixel < pixels; pixel++)
        {
            a += TAccess.Load(x, at);
            at += channels;
        }

        TAccess.Store(y, i, ((a + b) + (c + d)) / Quad.All(pixels));
    }

    /// <summary>dx = (or +=) dy over the number of pixels, at every pixel.</summary>
    public static void GlobalAverageBackward<TAccess>(int images, int pixels, int channels, ArrayView<float> dy, int accumulate, ArrayView<float> dx)
        where TAccess : unmanaged, IAccess
    {
        var i = GpuIndex.Global * TAccess.Width;
        if (i >= (long)images * pixels * channels)
            return;
        var pixel = (uint)i / (uint)channels;
        var n = pixel / (uint)pixels;
        var value = TAccess.Load(dy, (n * (long)channels) + (i - (pixel * (long)channels))) / Quad.All(pixels);
        TAccess.Store(dx, i, accumulate != 0 ? TAccess.Load(dx, i) + value : value);
    }
}
