using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>NT-Xent's passes around the similarity products, one group a row.</summary>
public static class GpuContrastive
{
    /// <summary>z = x / |x|, inverse = 1 / |x|, one row of <paramref name="length"/> a group.</summary>
    public static void Normalize(int length, float smallest, ArrayView<float> x, ArrayView<float> z, ArrayView<float> inverse)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var row = (long)Grid.IdxX * length;
        var sum = 0f;
        for (var i = Group.IdxX; i < length; i += Group.DimX)
            sum += x[row + i] * x[row + i];
        var scale = 1f / XMath.Max(XMath.Sqrt(GpuReduce.Sum(sum, shared)), smallest);
        for (var i = Group.IdxX; i < length; i += Group.DimX)
            z[row + i] = x[row + i] * scale;
        if (Group.IdxX == 0)
            inverse[Grid.IdxX] = scale;
    }

    /// <summary>dx = inverse (dz - z (z . dz)).</summary>
    public static void NormalizeBackward(int length, ArrayView<float> z, ArrayView<float> inverse, ArrayView<float> dz, ArrayView<float> dx)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var row = (long)Grid.IdxX * length;
        var sum = 0f;
        for (var i = Group.IdxX; i < length; i += Group.DimX)
            sum += z[row + i] * dz[row + i];
        sum = GpuReduce.Sum(sum, shared);
        for (var i = Group.IdxX; i < length; i += Group.DimX)
            dx[row + i] = inverse[Grid.IdxX] * (dz[row + i] - (z[row + i] * sum));
    }

    /// <summary>Of rows first, first + 1, ... of the similarities: log of the sum over the others, loss, and the most similar other row.</summary>
    public static void Rows(int first, int n, ArrayView<float> s, ArrayView<float> logSums, ArrayView<float> losses, ArrayView<int> nearest)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var row = (long)Grid.IdxX * n;
        var self = first + Grid.IdxX;
        var max = float.NegativeInfinity;
        for (var j = Group.IdxX; j < n; j += Group.DimX)
            max = j == self ? max : XMath.Max(max, s[row + j]);
        max = GpuReduce.Max(max, shared);
        var sum = 0f;
        var place = n;
        for (var j = Group.IdxX; j < n; j += Group.DimX)
        {
            if (j == self)
                continue;
            sum += XMath.Exp(s[row + j] - max);
            place = place == n && s[row + j] == max ? j : place;
        }

        sum = GpuReduce.Sum(sum, shared);

        // Numbers below 2^24 are exact in float32; the smallest is the negated largest of their negatives.
        place = (int)-GpuReduce.Max(-place, shared);
        if (Group.IdxX != 0)
            return;
        var logSum = max + XMath.Log(sum);
        logSums[self] = logSum;
        losses[self] = logSum - s[row + ((self + (n / 2)) % n)];
        nearest[self] = place;
    }

    /// <summary>s[i,j] = scale * (exp(s - logSum_i) + exp(s - logSum_j) - 2 [j is i's partner]), 0 on the diagonal; one thread an element.</summary>
    public static void Weights(int first, int rows, int n, float scale, ArrayView<float> logSums, ArrayView<float> s)
    {
        var at = GpuIndex.Global;
        if (at >= (long)rows * n)
            return;
        var i = first + (int)(at / n);
        var j = (int)(at % n);
        var partner = j == (i + (n / 2)) % n ? 2f : 0f;
        s[at] = i == j ? 0f : scale * (XMath.Exp(s[at] - logSums[i]) + XMath.Exp(s[at] - logSums[j]) - partner);
    }
}
