using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>A channel's numbers in the tables (4, channels) of <see cref="ChannelMap"/>s.</summary>
public static class ChannelTables
{
    /// <summary>For <see cref="Normalized"/>: mean, gamma inv, beta.</summary>
    public static void SetForward(
        float epsilon, int c, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> beta, ArrayView<float> table)
    {
        var channels = mean.Length;
        var map = NormalizationMap.Create<SingleAccess>(epsilon, c, mean, variance, gamma, beta);
        table[c] = map.Centre.X;
        table[channels + c] = map.Scale.X;
        table[(2 * channels) + c] = map.Shift.X;
    }

    /// <summary>For <see cref="NormalizedCotangent"/>, from the sums of g and of g (x - mean): mean, gamma inv, - gamma inv mean(g), - gamma inv^3 mean(g (x - mean)).</summary>
    public static void SetBackward(
        NormalizationPass pass, int c, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> sums, ArrayView<float> table)
    {
        var map = NormalizationProjection.Create<SingleAccess>(pass, c, mean, variance, gamma, sums);
        table[c] = map.Centre.X;
        table[pass.Channels + c] = map.Scale.X;
        table[(2 * pass.Channels) + c] = -map.Scale.X * map.Mean.X;
        table[(3 * pass.Channels) + c] = -map.Scale.X * map.Slope.X;
    }

    /// <summary>A forward table's map of some neighbouring channels.</summary>
    public static NormalizationMap Load<TAccess>(ArrayView<float> table, int channels, int column)
        where TAccess : unmanaged, IAccess =>
        new(TAccess.Load(table, column), TAccess.Load(table, channels + column), TAccess.Load(table, (2 * channels) + column));
}
