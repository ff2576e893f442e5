using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Softmax losses, one thread a row of logits. With logP_j = z_j - max - ln sum exp(z - max) everything is finite for finite logits.</summary>
public static class GpuLosses
{
    /// <summary>losses = f(p) of the label, predictions = argmax (may be empty).</summary>
    public static void Forward<TLoss>(TLoss loss, int n, int classes, ArrayView<float> z, ArrayView<int> labels, ArrayView<float> losses, ArrayView<int> predictions)
        where TLoss : unmanaged, ISoftmaxLoss
    {
        var i = GpuIndex.Global;
        if (i >= n)
            return;
        var row = i * classes;
        var best = ArgMax(z, row, classes);
        losses[i] = loss.Value(z[row + labels[i]] - z[row + best] - LogSum(z, row, classes, z[row + best]));
        if (predictions.Length > 0)
            predictions[i] = best;
    }

    /// <summary>dz = scale * weight * f'(p)p * (delta - p); the label's own entry is a sum of the others', which does not cancel.</summary>
    public static void Backward<TLoss>(TLoss loss, int n, int classes, ArrayView<float> z, ArrayView<int> labels, ArrayView<float> weights, float scale, ArrayView<float> dz)
        where TLoss : unmanaged, ISoftmaxLoss
    {
        var i = GpuIndex.Global;
        if (i >= n)
            return;
        var row = i * classes;
        var label = labels[i];
        var max = z[row + ArgMax(z, row, classes)];
        var logSum = LogSum(z, row, classes, max);
        var slope = scale * loss.Slope(z[row + label] - max - logSum) * (weights.Length > 0 ? weights[i] : 1f);
        var others = 0f;
        for (var j = 0; j < classes; j++)
        {
            if (j == label)
                continue;
            var p = XMath.Exp(z[row + j] - max - logSum);
            others += p;
            dz[row + j] = -slope * p;
        }

        dz[row + label] = slope * others;
    }

    /// <summary>lossesDot = f'(p)p * sum_j p_j (zDot_y - zDot_j).</summary>
    public static void Jvp<TLoss>(TLoss loss, int n, int classes, ArrayView<float> z, ArrayView<int> labels, ArrayView<float> zDot, ArrayView<float> lossesDot)
        where TLoss : unmanaged, ISoftmaxLoss
    {
        var i = GpuIndex.Global;
        if (i >= n)
            return;
        var row = i * classes;
        var max = z[row + ArgMax(z, row, classes)];
        var logSum = LogSum(z, row, classes, max);
        var sum = 0f;
        for (var j = 0; j < classes; j++)
            sum += XMath.Exp(z[row + j] - max - logSum) * (zDot[row + labels[i]] - zDot[row + j]);
        lossesDot[i] = loss.Slope(z[row + labels[i]] - max - logSum) * sum;
    }

    /// <summary>Probabilities of each row.</summary>
    public static void Softmax(int n, int classes, ArrayView<float> z, ArrayView<float> probabilities)
    {
        var i = GpuIndex.Global;
        if (i >= n)
            return;
        var row = i * classes;
        var max = z[row + ArgMax(z, row, classes)];
        var logSum = LogSum(z, row, classes, max);
        for (var j = 0; j < classes; j++)
            probabilities[row + j] = XMath.Exp(z[row + j] - max - logSum);
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

    private static int ArgMax(ArrayView<float> z, long row, int classes)
    {
        var best = 0;
        for (var j = 1; j < classes; j++)
        {
            if (z[row + j] > z[row + best])
                best = j;
        }

        return best;
    }

    private static float LogSum(ArrayView<float> z, long row, int classes, float max)
    {
        var sum = 0f;
        for (var j = 0; j < classes; j++)
            sum += XMath.Exp(z[row + j] - max);
        return XMath.Log(sum);
    }
}
