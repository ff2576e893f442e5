using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Softmax losses, one warp a row of logits. With logP_j = z_j - max - ln sum exp(z - max) everything is finite for finite logits.</summary>
public static class GpuLosses
{
    /// <summary>losses = f(p) of the label, predictions = argmax (may be empty).</summary>
    public static void Forward<TLoss>(TLoss loss, int n, int classes, ArrayView<float> z, ArrayView<int> labels, ArrayView<float> losses, ArrayView<int> predictions)
        where TLoss : unmanaged, ISoftmaxLoss
    {
        var i = GpuIndex.Global / WarpReduce.Size;
        if (i >= n)
            return;
        var row = z.SubView(i * classes, classes);
        var max = Max(row);
        var logSum = LogSum(row, max);
        if (predictions.Length > 0)
        {
            var first = First(row, max);
            if (WarpReduce.Lane == 0)
                predictions[i] = first;
        }

        if (WarpReduce.Lane == 0)
            losses[i] = loss.Value(row[labels[i]] - max - logSum);
    }

    /// <summary>dz = scale * weight * f'(p)p * (delta - p); the label's own entry is a sum of the others', which does not cancel.</summary>
    public static void Backward<TLoss>(TLoss loss, int n, int classes, ArrayView<float> z, ArrayView<int> labels, ArrayView<float> weights, float scale, ArrayView<float> dz)
        where TLoss : unmanaged, ISoftmaxLoss
    {
        var i = GpuIndex.Global / WarpReduce.Size;
        if (i >= n)
            return;
        var row = z.SubView(i * classes, classes);
        var label = labels[i];
        var max = Max(row);
        var logSum = LogSum(row, max);
        var slope = scale * loss.Slope(row[label] - max - logSum) * (weights.Length > 0 ? weights[i] : 1f);
        var others = 0f;
        for (var j = WarpReduce.Lane; j < classes; j += WarpReduce.Size)
        {
            if (j == label)
                continue;
            var p = XMath.Exp(row[j] - max - logSum);
            others += p;
            dz[(i * classes) + j] = -slope * p;
        }

        others = WarpReduce.Sum(others);
        if (WarpReduce.Lane == 0)
            dz[(i * classes) + label] = slope * others;
    }

    /// <summary>lossesDot = f'(p)p * sum_j p_j (zDot_y - zDot_j).</summary>
    public static void Jvp<TLoss>(TLoss loss, int n, int classes, ArrayView<float> z, ArrayView<int> labels, ArrayView<float> zDot, ArrayView<float> lossesDot)
        where TLoss : unmanaged, ISoftmaxLoss
    {
        var i = GpuIndex.Global / WarpReduce.Size;
        if (i >= n)
            return;
        var row = z.SubView(i * classes, classes);
        var rowDot = zDot.SubView(i * classes, classes);
        var label = labels[i];
        var max = Max(row);
        var logSum = LogSum(row, max);
        var sum = 0f;
        for (var j = WarpReduce.Lane; j < classes; j += WarpReduce.Size)
            sum += XMath.Exp(row[j] - max - logSum) * (rowDot[label] - rowDot[j]);
        sum = WarpReduce.Sum(sum);
        if (WarpReduce.Lane == 0)
            lossesDot[i] = loss.Slope(row[label] - max - logSum) * sum;
    }

    /// <summary>Probabilities of each row.</summary>
    public static void Softmax(int n, int classes, ArrayView<float> z, ArrayView<float> probabilities)
    {
        var i = GpuIndex.Global / WarpReduce.Size;
        if (i >= n)
            return;
        var row = z.SubView(i * classes, classes);
        var max = Max(row);
        var logSum = LogSum(row, max);
        for (var j = WarpReduce.Lane; j < classes; j += WarpReduce.Size)
            probabilities[(i * classes) + j] = XMath.Exp(row[j] - max - logSum);
    }

    /// <summary>slot = weighted losses, correct predictions, weights, losses; one group.</summary>
    public static void Summarize(int n, ArrayView<float> losses, ArrayView<float> weights, ArrayView<int> predictions, ArrayView<int> labels, ArrayView<float> slot)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var weighted = 0f;
        var correct = 0f;
        var total = 0f;
        var sum = 0f;
        for (var i = Group.IdxX; i < n; i += Group.DimX)
        {
            var weight = weights.Length > 0 ? weights[i] : 1f;
            weighted += losses[i] * weight;
            total += weight;
            sum += losses[i];
            correct += predictions[i] == labels[i] ? 1f : 0f;
        }

        weighted = GpuReduce.Sum(weighted, shared);
        correct = GpuReduce.Sum(correct, shared);
        total = GpuReduce.Sum(total, shared);
        sum = GpuReduce.Sum(sum, shared);
        if (Group.IdxX != 0)
            return;
        slot[0] = weighted;
        slot[1] = correct;
        slot[2] = total;
        slot[3] = sum;
    }

    private static float Max(ArrayView<float> row)
    {
        var max = float.NegativeInfinity;
        for (var j = WarpReduce.Lane; j < row.Length; j += WarpReduce.Size)
            max = row[j] > max ? row[j] : max;
        return WarpReduce.Max(max);
    }

    /// <summary>The first place of the maximum; the last of all where NaN has none.</summary>
    private static int First(ArrayView<float> row, float max)
    {
        var first = row.IntLength - 1;
        for (var j = WarpReduce.Lane; j < row.Length; j += WarpReduce.Size)
        {
            if (row[j] == max && j < first)
                first = j;
        }

        return WarpReduce.Min(first);
    }

    private static float LogSum(ArrayView<float> row, float max)
    {
        var sum = 0f;
        for (var j = WarpReduce.Lane; j < row.Length; j += WarpReduce.Size)
            sum += XMath.Exp(row[j] - max);
        return XMath.Log(WarpReduce.Sum(sum));
    }
}
