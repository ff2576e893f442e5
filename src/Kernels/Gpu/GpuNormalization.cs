using ILGPU;
using ILGPU.Algorithms;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Batch normalization over (rows, channels): reductions with one group a channel, applications with one thread an element.</summary>
/// <remarks>With inv = 1/sqrt(variance + eps), xHat = (x - mean) inv and g = dy where the ReLU passed: y = gamma xHat + beta (+ residual);
/// dx = gamma inv (g - mean(g) - xHat mean(g xHat)); the Jvp is the same map of xDot plus gammaDot xHat + betaDot (+ residualDot).</remarks>
public static class GpuNormalization
{
    /// <summary>mean and biased variance of the group's channel, in two passes.</summary>
    public static void Moments(long rows, int channels, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var c = Grid.IdxX;
        var sum = 0f;
        for (long row = Group.IdxX; row < rows; row += Group.DimX)
            sum += x[(row * channels) + c];
        var m = GpuReduce.Sum(sum, shared) / rows;
        sum = 0f;
        for (long row = Group.IdxX; row < rows; row += Group.DimX)
        {
            var d = x[(row * channels) + c] - m;
            sum += d * d;
        }

        var v = GpuReduce.Sum(sum, shared) / rows;
        if (Group.IdxX == 0)
        {
            mean[c] = m;
            variance[c] = v;
        }
    }

    /// <summary>running = (1 - momentum) running + momentum * batch; the variance times unbias.</summary>
    public static void UpdateRunning(
        float momentum, float unbias, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> runningMean, ArrayView<float> runningVariance)
    {
        var c = GpuIndex.Global;
        if (c >= mean.Length)
            return;
        runningMean[c] = ((1 - momentum) * runningMean[c]) + (momentum * mean[c]);
        runningVariance[c] = ((1 - momentum) * runningVariance[c]) + (momentum * unbias * variance[c]);
    }

    /// <summary>y = (x - mean) gamma inv + beta (+ residual), then ReLU.</summary>
    public static void Forward(
        int channels, float epsilon, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> beta,
        ArrayView<float> residual, int relu, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i >= y.Length)
            return;
        var c = i % channels;
        var value = ((x[i] - mean[c]) * (gamma[c] / XMath.Sqrt(variance[c] + epsilon))) + beta[c];
        if (residual.Length > 0)
            value += residual[i];
        y[i] = relu != 0 && value < 0 ? 0 : value;
    }

    /// <summary>sums[c] = sum g, sums[channels + c] = sum g (x - mean); g = dy, zero where y is given and not positive.</summary>
    public static void Reduce(
        long rows, int channels, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> y, ArrayView<float> dy, ArrayView<float> sums)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var c = Grid.IdxX;
        var sum = 0f;
        var product = 0f;
        for (long row = Group.IdxX; row < rows; row += Group.DimX)
        {
            var i = (row * channels) + c;
            var g = y.Length == 0 || y[i] > 0 ? dy[i] : 0f;
            sum += g;
            product += g * (x[i] - mean[c]);
        }

        sum = GpuReduce.Sum(sum, shared);
        product = GpuReduce.Sum(product, shared);
        if (Group.IdxX == 0)
        {
            sums[c] = sum;
            sums[channels + c] = product;
        }
    }

    /// <summary>dgamma += sum g xHat, dbeta += sum g; either may be empty.</summary>
    public static void AddParameterGradients(int channels, float epsilon, ArrayView<float> variance, ArrayView<float> sums, ArrayView<float> dgamma, ArrayView<float> dbeta)
    {
        var c = GpuIndex.Global;
        if (c >= channels)
            return;
        if (dgamma.Length > 0)
            dgamma[c] += sums[channels + c] / XMath.Sqrt(variance[c] + epsilon);
        if (dbeta.Length > 0)
            dbeta[c] += sums[c];
    }

    /// <summary>The input's part of the backward pass, and the residual's: dx and dresidual = or +=; either may be empty, either may be dy.</summary>
    public static void Backward(
        NormalizationPass pass, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> y, ArrayView<float> dy,
        ArrayView<float> sums, ArrayView<float> dx, ArrayView<float> dresidual)
    {
        var i = GpuIndex.Global;
        if (i >= dy.Length)
            return;
        var c = (int)(i % pass.Channels);
        var g = y.Length == 0 || y[i] > 0 ? dy[i] : 0f;
        if (dx.Length > 0)
        {
            var value = pass.Project(g, x[i] - mean[c], variance[c], gamma[c], sums[c], sums[pass.Channels + c]);
            dx[i] = pass.AccumulateX != 0 ? dx[i] + value : value;
        }

        if (dresidual.Length > 0)
            dresidual[i] = pass.AccumulateResidual != 0 ? dresidual[i] + g : g;
    }

    /// <summary>yDot = the projection of xDot + gammaDot xHat + betaDot (+ residualDot), zero where y is given and not positive. Empty tangents are zero.</summary>
    public static void Jvp(
        NormalizationPass pass, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, ArrayView<float> y, ArrayView<float> sums,
        NormalizationTangents tangents, ArrayView<float> yDot)
    {
        var i = GpuIndex.Global;
        if (i >= yDot.Length)
            return;
        var c = (int)(i % pass.Channels);
        var centred = x[i] - mean[c];
        var value = 0f;
        if (tangents.X.Length > 0)
            value = pass.Project(tangents.X[i], centred, variance[c], gamma[c], sums[c], sums[pass.Channels + c]);
        if (tangents.Gamma.Length > 0)
            value += tangents.Gamma[c] * centred / XMath.Sqrt(variance[c] + pass.Epsilon);
        if (tangents.Beta.Length > 0)
            value += tangents.Beta[c];
        if (tangents.Residual.Length > 0)
            value += tangents.Residual[i];
        yDot[i] = y.Length == 0 || y[i] > 0 ? value : 0f;
    }
}
