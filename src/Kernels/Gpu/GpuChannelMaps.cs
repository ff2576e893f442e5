using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The tables (4, channels) of <see cref="ChannelMap"/>s, a thread a channel.</summary>
public static class GpuChannelMaps
{
    /// <summary>For <see cref="Normalized"/>: mean, gamma inv, beta.</summary>
    public static void Forward(
        float epsilon, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> beta, ArrayView<float> table)
    {
        var c = GpuIndex.Global;
        if (c >= mean.Length)
            return;
        var map = NormalizationMap.Create<SingleAccess>(epsilon, (int)c, mean, variance, gamma, beta);
        table[c] = map.Centre.X;
        table[mean.Length + c] = map.Scale.X;
        table[(2 * mean.Length) + c] = map.Shift.X;
    }

    /// <summary>For <see cref="NormalizedCotangent"/>, from the sums of g and of g (x - mean): mean, gamma inv, - gamma inv mean(g), - gamma inv^3 mean(g (x - mean)).</summary>
    public static void Backward(
        NormalizationPass pass, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> sums, ArrayView<float> table)
    {
        var c = GpuIndex.Global;
        if (c >= mean.Length)
            return;
        var map = NormalizationProjection.Create<SingleAccess>(pass, (int)c, mean, variance, gamma, sums);
        table[c] = map.Centre.X;
        table[mean.Length + c] = map.Scale.X;
        table[(2 * mean.Length) + c] = -map.Scale.X * map.Mean.X;
        table[(3 * mean.Length) + c] = -map.Scale.X * map.Slope.X;
    }
}
