using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Meta-Weight-Net's V(l) = sigmoid(w2 . relu(w1 l + b1) + b2): forward one thread a sample, backward one thread a hidden unit.</summary>
public static class GpuWeightNet
{
    /// <summary>weights[i] = V(losses[i]).</summary>
    public static void Forward(int n, int hidden, ArrayView<float> phi, ArrayView<float> losses, ArrayView<float> weights)
    {
        var i = GpuIndex.Global;
        if (i < n)
            weights[i] = Value(hidden, phi, losses[i]);
    }

    /// <summary>dphi += sum_i scale * dweights[i] * dV(losses[i])/dphi; one group a number of hidden units, thread <c>hidden</c> takes the last bias.</summary>
    /// <remarks>The slopes of a group's worth of samples are found by its threads together, then every hidden unit adds them up in the order of the samples.</remarks>
    public static void Backward(int n, int hidden, ArrayView<float> phi, ArrayView<float> losses, ArrayView<float> dweights, float scale, ArrayView<float> dphi)
    {
        var slopes = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var j = (int)GpuIndex.Global;
        var pad = Pad(hidden);
        var (w1, b1, w2, b2) = (0f, 0f, 0f, 0f);
        for (var start = 0; start < n; start += Group.DimX)
        {
            var sample = start + Group.IdxX;
            if (sample < n)
            {
                var value = Value(hidden, phi, losses[sample]);
                slopes[Group.IdxX] = scale * dweights[sample] * value * (1 - value);
            }

            Group.Barrier();
            for (var i = 0; i < Group.DimX && start + i < n; i++)
            {
                var slope = slopes[i];
                b2 += slope;
                var l = losses[start + i];
                var h = j < hidden ? (phi[j] * l) + phi[pad + j] : 0f;
                if (h <= 0)
                    continue;
                var back = slope * phi[(2 * pad) + j];
                w1 += back * l;
                b1 += back;
                w2 += slope * h;
            }

            Group.Barrier();
        }

        if (j == hidden)
            dphi[3 * pad] += b2;
        if (j >= hidden)
            return;
        dphi[j] += w1;
        dphi[pad + j] += b1;
        dphi[(2 * pad) + j] += w2;
    }

    /// <summary>normalized = weights / sum(weights), 0 where the sum is 0; one group.</summary>
    public static void Normalize(int n, ArrayView<float> weights, ArrayView<float> normalized)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var sum = Total(n, weights, shared);
        for (var i = Group.IdxX; i < n; i += Group.DimX)
            normalized[i] = sum == 0 ? 0f : weights[i] / sum;
    }

    /// <summary>The chain rule through <see cref="Normalize"/>; one group.</summary>
    public static void NormalizeBackward(int n, ArrayView<float> weights, ArrayView<float> normalized, ArrayView<float> dnormalized, ArrayView<float> dweights)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var sum = Total(n, weights, shared);
        var common = 0f;
        for (var i = Group.IdxX; i < n; i += Group.DimX)
            common += dnormalized[i] * normalized[i];
        common = GpuReduce.Sum(common, shared);
        for (var i = Group.IdxX; i < n; i += Group.DimX)
            dweights[i] = sum == 0 ? dnormalized[i] : (dnormalized[i] - common) / sum;
    }

    private static float Total(int n, ArrayView<float> weights, ArrayView<float> shared)
    {
        var sum = 0f;
        for (var i = Group.IdxX; i < n; i += Group.DimX)
            sum += weights[i];
        return GpuReduce.Sum(sum, shared);
    }

    private static int Pad(int hidden) => (hidden + 63) / 64 * 64;

    private static float Value(int hidden, ArrayView<float> phi, float l)
    {
        var pad = Pad(hidden);
        var sum = phi[3 * pad];
        for (var j = 0; j < hidden; j++)
        {
            var h = (phi[j] * l) + phi[pad + j];
            sum += h > 0 ? h * phi[(2 * pad) + j] : 0f;
        }

        return 1f / (1f + XMath.Exp(-sum));
    }
}
