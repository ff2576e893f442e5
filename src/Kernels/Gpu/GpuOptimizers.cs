using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Optimizer updates over flat buffers, one thread four parameters (tensors start at multiples of 64), one weight-decay coefficient a block of 64.</summary>
public static class GpuOptimizers
{
    private const int Block = 64;

    /// <summary>v = momentum v + g; theta -= rate v, or rate (g + lookahead v) with Nesterov.</summary>
    public static void Sgd(ArrayView<float> theta, ArrayView<float> gradient, ArrayView<float> velocity, ArrayView<float> decay, float rate, float momentum, int nesterov, float lookahead)
    {
        var i = GpuIndex.Global * 4;
        if (i >= theta.Length)
            return;
        var parameters = Quads.Load(theta, i);
        var g = Quads.Load(gradient, i) + (decay[i / Block] * parameters);
        var v = (momentum * Quads.Load(velocity, i)) + g;
        Quads.Store(velocity, i, v);
        Quads.Store(theta, i, parameters - (rate * (nesterov != 0 ? g + (lookahead * v) : v)));
    }

    /// <summary>Adam; the rate holds the first moment's bias correction, correction is the square root of the second's.</summary>
    public static void Adam(
        ArrayView<float> theta, ArrayView<float> gradient, ArrayView<float> m, ArrayView<float> v, ArrayView<float> decay, float rate, float beta1, float beta2, float epsilon, float correction)
    {
        var i = GpuIndex.Global * 4;
        if (i >= theta.Length)
            return;
        var parameters = Quads.Load(theta, i);
        var g = Quads.Load(gradient, i) + (decay[i / Block] * parameters);
        var first = (beta1 * Quads.Load(m, i)) + ((1 - beta1) * g);
        var second = (beta2 * Quads.Load(v, i)) + ((1 - beta2) * (g * g));
        Quads.Store(m, i, first);
        Quads.Store(v, i, second);
        var roots = new Quad(XMath.Sqrt(second.X), XMath.Sqrt(second.Y), XMath.Sqrt(second.Z), XMath.Sqrt(second.W));
        Quads.Store(theta, i, parameters - (rate * first / ((roots / Quad.All(correction)) + Quad.All(epsilon))));
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
        for (var i = first + (Group.IdxX * 4); i < last; i += Group.DimX * 4)
        {
            var (t, g) = (Quads.Load(theta, i), Quads.Load(gradient, i));
            parameters += (t.X * t.X) + (t.Y * t.Y) + (t.Z * t.Z) + (t.W * t.W);
            gradients += (g.X * g.X) + (g.Y * g.Y) + (g.Z * g.Z) + (g.W * g.W);
        }

        parameters = XMath.Sqrt(GpuReduce.Sum(parameters, shared));
        gradients = XMath.Sqrt(GpuReduce.Sum(gradients, shared));
        var ratio = adapt[slice] != 0 && parameters > 0 && gradients > 0 ? trust * parameters / (gradients + (wd * parameters)) : 1f;
        for (var i = first + (Group.IdxX * 4); i < last; i += Group.DimX * 4)
        {
            var t = Quads.Load(theta, i);
            var v = (momentum * Quads.Load(velocity, i)) + (rate * ratio * (Quads.Load(gradient, i) + (wd * t)));
            Quads.Store(velocity, i, v);
            Quads.Store(theta, i, t - v);
        }
    }
}
