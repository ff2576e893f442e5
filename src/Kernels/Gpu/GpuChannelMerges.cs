using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The second launch of <see cref="GpuChannels"/>' reductions: merging a channel's parts (part, 2, channels) in a fixed order.</summary>
public static class GpuChannelMerges
{
    /// <summary>mean and biased variance of each channel from its parts, which have a number of rows each, the last what is left; from them a table, where that is not empty. A group a channel.</summary>
    public static void MergeMoments(
        long rows, int rowsOfPart, int channels, ArrayView<float> parts, ArrayView<float> mean, ArrayView<float> variance, float epsilon, ArrayView<float> gamma, ArrayView<float> beta,
        ArrayView<float> table)
    {
        var shared = SharedMemory.Allocate<float>(3 * GpuIndex.MaxGroup / WarpReduce.Size);
        var c = Grid.IdxX;
        var moments = default(Moments);
        var count = (int)(((uint)rows + (uint)rowsOfPart - 1) / (uint)rowsOfPart);
        for (var part = Group.IdxX; part < count; part += 4 * Group.DimX)
        {
            // Four parts are read before the first is merged; one past the end has no samples.
            var m0 = Part(part, rowsOfPart, rows, channels, c, parts);
            var m1 = Part(part + Group.DimX, rowsOfPart, rows, channels, c, parts);
            var m2 = Part(part + (2 * Group.DimX), rowsOfPart, rows, channels, c, parts);
            var m3 = Part(part + (3 * Group.DimX), rowsOfPart, rows, channels, c, parts);
            moments = moments.With(m0.With(m1).With(m2.With(m3)));
        }

        moments = WarpReduce.Merge(moments);
        var warp = Group.IdxX / WarpReduce.Size;
        if (WarpReduce.Lane == 0)
        {
            shared[3 * warp] = moments.Count;
            shared[(3 * warp) + 1] = moments.Mean;
            shared[(3 * warp) + 2] = moments.Squares;
        }

        Group.Barrier();
        if (Group.IdxX != 0)
            return;
        for (var other = 1; other < Group.DimX / WarpReduce.Size; other++)
            moments = moments.With(new Moments(shared[3 * other], shared[(3 * other) + 1], shared[(3 * other) + 2]));
        mean[c] = moments.Mean;
        variance[c] = moments.Squares / moments.Count;
        if (table.Length > 0)
            ChannelTables.SetForward(epsilon, c, mean, variance, gamma, beta, table);
    }

    /// <summary>sums (2, channels) from a number of parts; dgamma = (or +=) sum g xHat, dbeta = (or +=) sum g; from the sums a table. Each may be empty, the sums only without a table. A group a channel.</summary>
    public static void MergeSums(
        NormalizationPass pass, int count, ArrayView<float> parts, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> sums, ChannelGradient dgamma,
        ChannelGradient dbeta, ArrayView<float> table)
    {
        var channels = pass.Channels;
        var shared = SharedMemory.Allocate<float>(2 * GpuIndex.MaxGroup / WarpReduce.Size);
        var c = Grid.IdxX;
        var sum = 0f;
        var product = 0f;
        for (var part = Group.IdxX; part < count; part += 4 * Group.DimX)
        {
            var s0 = SumOfPart(part, count, channels, c, parts);
            var s1 = SumOfPart(part + Group.DimX, count, channels, c, parts);
            var s2 = SumOfPart(part + (2 * Group.DimX), count, channels, c, parts);
            var s3 = SumOfPart(part + (3 * Group.DimX), count, channels, c, parts);
            sum += (s0.Sum + s1.Sum) + (s2.Sum + s3.Sum);
            product += (s0.Product + s1.Product) + (s2.Product + s3.Product);
        }

        sum = WarpReduce.Sum(sum);
        product = WarpReduce.Sum(product);
        if (WarpReduce.Lane == 0)
        {
            shared[2 * (Group.IdxX / WarpReduce.Size)] = sum;
            shared[(2 * (Group.IdxX / WarpReduce.Size)) + 1] = product;
        }

        Group.Barrier();
        if (Group.IdxX != 0)
            return;
        for (var other = 1; other < Group.DimX / WarpReduce.Size; other++)
        {
            sum += shared[2 * other];
            product += shared[(2 * other) + 1];
        }

        if (sums.Length > 0)
        {
            sums[c] = sum;
            sums[channels + c] = product;
        }

        if (dgamma.Values.Length > 0)
            dgamma.Put(c, product / XMath.Sqrt(variance[c] + pass.Epsilon));
        dbeta.Put(c, sum);
        if (table.Length > 0)
            ChannelTables.SetBackward(pass, c, mean, variance, gamma, sums, table);
    }

    /// <summary>A part's moments of a channel; none past the last row.</summary>
    private static Moments Part(int part, int rowsOfPart, long rows, int channels, int c, ArrayView<float> parts)
    {
        var samples = ChannelSweep.RowsOfPart(rows, (uint)rowsOfPart, part);
        return samples > 0 ? new Moments(samples, parts[(2L * part * channels) + c], parts[(((2L * part) + 1) * channels) + c]) : default;
    }

    /// <summary>A part's two sums of a channel; none past the last part.</summary>
    private static (float Sum, float Product) SumOfPart(int part, int count, int channels, int c, ArrayView<float> parts) =>
        part < count ? (parts[(2L * part * channels) + c], parts[(((2L * part) + 1) * channels) + c]) : (0f, 0f);
}
