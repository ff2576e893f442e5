using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Optimizer updates over flat buffers, one thread a parameter, one weight-decay coefficient a block of 64.</summary>
public static class GpuOptimizers
{
    private const int Block = 64;

    /// <summary>v = momentum v + g; theta -= rate v, or rate (g + lookahead v) with Nesterov.</summary>
    public static void Sgd(ArrayView<float> theta, ArrayView<float> gradient, ArrayView<float> velocity, ArrayView<float> decay, float rate, float momentum, int nesterov, float lookahead)
    {
        var i = GpuIndex.Global;
        if (i >= theta.Length)
            return;
        var g = gradient[i] + (decay[i / Block] * theta[i]);
        var v = (momentum * velocity[i]) + g;
        velocity[i] = v;
        theta[i] -= rate * (nesterov != 0 ? g + (lookahead * v) : v);
    }

    /// <summary>Adam; the rate holds the first moment's bias correction, correction is the square root of the second's.</summary>
    public static void Adam(
        ArrayView<float> theta, ArrayView<float> gradient, ArrayView<float> m, ArrayView<float> v, ArrayView<float> decay, float rate, float beta1, float beta2, float epsilon, float correction)
    {
        var i = GpuIndex.Global;
        if (i >= theta.Length)
            return;
        var g = gradient[i] + (decay[i / Block] * theta[i]);
        m[i] = (beta1 * m[i]) + ((1 - beta1) * g);
        v[i] = (beta2 * v[i]) + ((1 - beta2) * g * g);
        theta[i] -= rate * m[i] / ((XMath.Sqrt(v[i]) / correction) + epsilon);
    }

    /// <summary>LARS, one group a tensor: v = momentum v + rate ratio (g + decay theta); theta -= v.</summary>
    public static void Lars(
        ArrayView<float> theta, ArrayView<float> gradient, ArrayView<float> velocity, ArrayView<float> decay, ArrayView<int> slices, ArrayView<float> adapt, float rate, float momentum, float trust)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var slice = Grid.IdxX;
        var first = (long)slices[2 * slice] * Block;
        var last = first + ((long)slices[(2 * slice) + 1] * Block);
        var wd = decay[slices[2 * slice]];
        var parameters = 0f;
        var gradients = 0f;
        for (var i = first + Group.IdxX; i < last; i += Group.DimX)
        {
            parameters += theta[i] * theta[i];
            gradients += gradient[i] * gradient[i];
        }

        parameters = XMath.Sqrt(GpuReduce.Sum(parameters, shared));
        gradients = XMath.Sqrt(GpuReduce.Sum(gradients, shared));
        var ratio = adapt[slice] != 0 && parameters > 0 && gradients > 0 ? trust * parameters / (gradients + (wd * parameters)) : 1f;
        for (var i = first + Group.IdxX; i < last; i += Group.DimX)
        {
            velocity[i] = (momentum * velocity[i]) + (rate * ratio * (gradient[i] + (wd * theta[i])));
            theta[i] -= velocity[i];
        }
    }
}
