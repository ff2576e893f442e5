using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Batches from resident sets, one thread an element.</summary>
public static class GpuBatches
{
    /// <summary>y[i] = image indices[i], mirrored where flips[i] is 1, bytes through the scale.</summary>
    public static void Images(GatherShape s, ArrayView<byte> images, ArrayView<int> indices, ArrayView<int> flips, PixelScale scale, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i >= s.Length)
            return;
        var (n, h, w, c) = PixelPlace.At(i, s.H, s.W, s.C);
        var column = flips.Length > 0 && flips[n] != 0 ? s.W - 1 - w : w;
        y[i] = scale.Map(images[(((((long)indices[n] * s.H) + h) * s.W) + column) * s.C + c], c);
    }

    /// <summary>y[i] = rows[indices[i]].</summary>
    public static void Rows(int n, int length, ArrayView<float> rows, ArrayView<int> indices, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i < (long)n * length)
            y[i] = rows[((long)indices[(int)(i / length)] * length) + (i % length)];
    }

    /// <summary>y[i] = values[indices[i]].</summary>
    public static void Labels(int n, ArrayView<int> values, ArrayView<int> indices, ArrayView<int> y)
    {
        var i = GpuIndex.Global;
        if (i < n)
            y[i] = values[indices[i]];
    }
}
