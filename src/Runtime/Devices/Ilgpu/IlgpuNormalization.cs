using CudaNoisy.Kernels.Gpu;
using ILGPU;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuNormalization(IlgpuDevice device, IlgpuKernels kernels) : INormalization
{
    public void Moments(long rows, int channels, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, in NormalizationTable table = default) =>
        Moments(rows, channels, x, mean, variance, table, default);

    /// <summary>Moments of a product's result, which is made of its parts on the way where it was cut.</summary>
    public void Moments(long rows, int channels, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, in NormalizationTable table, in ProductParts product)
    {
        var (quads, length) = (IlgpuView.AreQuads(channels, x), rows * channels);
        var config = kernels.Reduction(rows, channels, quads);
        var scratch = 2L * channels * config.GridDim.X;
        var parts = product.Values.IsEmpty ? device.Scratch(scratch) : product.Behind.Slice(0, scratch);
        kernels.Run(
            quads ? GpuChannels.MomentParts<QuadAccess> : GpuChannels.MomentParts<SingleAccess>, config, rows, channels, product.Of(x, length),
            IlgpuView.Of(product.Values.IsEmpty ? default : x, length), IlgpuView.Of(parts));
        MergeMoments(rows, (int)ChannelSweep.Share(rows, config.GridDim.X), channels, parts, mean, variance, table);
    }

    /// <summary>Floats of scratch memory that a reduction needs at most.</summary>
    public static long ScratchFloats(int channels) => 2L * channels * (1 + GpuChannels.MaxParts);

    /// <summary>mean and biased variance of each channel from parts (part, 2, channels) of a number of rows each, the last of what is left.</summary>
    public void MergeMoments(
        long rows, int rowsOfPart, int channels, DeviceView<float> parts, DeviceView<float> mean, DeviceView<float> variance, in NormalizationTable table) => kernels.Run(
        GpuChannelMerges.MergeMoments, kernels.Groups(channels), rows, rowsOfPart, channels, IlgpuView.Of(parts), IlgpuView.Of(mean, channels), IlgpuView.Of(variance, channels), table.Epsilon,
        Channels(table.Gamma, channels), Channels(table.Beta, channels), IlgpuView.Of(table.Values));

    public RunningUpdate PrepareRunning(IReadOnlyList<RunningNorm> norms) => new IlgpuRunningUpdate(device, kernels, norms);

    public void Forward(
        long rows, int channels, float epsilon, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta,
        GatheredTensor residual, bool relu, DeviceView<float> y, DeviceView<int> flags = default)
    {
        var length = rows * channels;
        var quads = IlgpuView.AreQuads(channels, x, mean, variance, gamma, beta, residual.X, y) && IlgpuView.AreQuads(channels, residual.Table);
        kernels.Run(
            quads ? GpuNormalization.Forward<QuadAccess> : GpuNormalization.Forward<SingleAccess>, kernels.Sweep(rows, channels, quads),
            new NormalizationPass(rows, channels, epsilon, 0, 0, 0), IlgpuView.Of(x, length), IlgpuView.Of(mean, channels), IlgpuView.Of(variance, channels),
            IlgpuView.Of(gamma, channels), IlgpuView.Of(beta, channels), new NormalizationResidual(IlgpuView.Of(residual.X, residual.X.IsEmpty ? 0 : length), IlgpuView.Of(residual.Table)), relu ? 1 : 0, IlgpuView.Of(y, length), Flags(flags, quads, length));
    }

    public void Backward(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        in ReluMask mask, DeviceView<float> dy, DeviceView<float> dx, bool accumulateX, ParameterGradient dgamma, ParameterGradient dbeta,
        DeviceView<float> dresidual, bool accumulateResidual)
    {
        var pass = new NormalizationPass(rows, channels, epsilon, training ? 1 : 0, accumulateX ? 1 : 0, accumulateResidual ? 1 : 0);
        // The residual's cotangent replaces dy on the way, so that the second launch reads no mask and writes one tensor only.
        var replaces = training && !accumulateResidual && dresidual.IsSameAs(dy);
        var sums = Sums(pass, x, mean, variance, gamma, mask, dy, replaces && mask.IsRelu ? dy : default, dgamma, dbeta);
        Project(pass, x, mean, variance, gamma, replaces ? default : mask, dy, sums, dx, replaces ? default : dresidual);
    }

    public void BackwardReduced(
        long rows, int channels, in NormalizedInput input, DeviceView<float> g, DeviceView<float> dx, bool accumulateX, DeviceView<float> dresidual, bool accumulateResidual)
    {
        if (!accumulateResidual && dresidual.IsSameAs(g))
            dresidual = default;
        Project(
            new NormalizationPass(rows, channels, input.Epsilon, 1, accumulateX ? 1 : 0, accumulateResidual ? 1 : 0), input.X, input.Mean, input.Variance, input.Gamma, default, g,
            input.Sums, dx, dresidual);
    }

    public void Reduce(long rows, int channels, in NormalizedInput input, DeviceView<float> dy) => Reduce(rows, channels, input, dy, default);

    /// <summary>The same of a product's result, which is made of its parts on the way where it was cut.</summary>
    public void Reduce(long rows, int channels, in NormalizedInput input, DeviceView<float> dy, in ProductParts product)
    {
        var pass = new NormalizationPass(rows, channels, input.Epsilon, 1, 0, 0);
        Sums(
            pass, input.X, input.Mean, input.Variance, input.Gamma, input.Mask, dy, input.Mask.IsRelu || !product.Values.IsEmpty ? dy : default, input.Dgamma, input.Dbeta, input.Sums, input.Table,
            product);
    }

    public void Jvp(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        in ReluMask mask, DeviceView<float> xDot, DeviceView<float> gammaDot, DeviceView<float> betaDot, DeviceView<float> residualDot, DeviceView<float> yDot)
    {
        var length = rows * channels;
        var pass = new NormalizationPass(rows, channels, epsilon, training ? 1 : 0, 0, 0);
        var sums = xDot.IsEmpty ? default : Sums(pass, x, mean, variance, gamma, default, xDot, default, default, default);
        var quads = IlgpuView.AreQuads(channels, x, mean, variance, gamma, mask.Y, mask.Beta, xDot) && IlgpuView.AreQuads(channels, gammaDot, betaDot, residualDot, yDot);
        kernels.Run(
            quads ? GpuNormalization.Jvp<QuadAccess> : GpuNormalization.Jvp<SingleAccess>, kernels.Sweep(rows, channels, quads), pass, IlgpuView.Of(x, length),
            IlgpuView.Of(mean, channels), IlgpuView.Of(variance, channels), IlgpuView.Of(gamma, channels), Mask(mask, quads, rows, channels), IlgpuView.Of(sums),
            new NormalizationTangents(
                IlgpuView.Of(xDot, xDot.IsEmpty ? 0 : length), IlgpuView.Of(gammaDot, gammaDot.IsEmpty ? 0 : channels), IlgpuView.Of(betaDot, betaDot.IsEmpty ? 0 : channels),
                IlgpuView.Of(residualDot, residualDot.IsEmpty ? 0 : length)),
            IlgpuView.Of(yDot, length));
    }

    /// <summary>A batch-norm's sums, its parameters' gradients and its cotangent's table from parts (part, 2, channels).</summary>
    public void MergeSums(long rows, int channels, int count, in NormalizedInput input, DeviceView<float> parts) => MergeSums(
        new NormalizationPass(rows, channels, input.Epsilon, 1, 0, 0), count, parts, input.Mean, input.Variance, input.Gamma, input.Sums, input.Dgamma, input.Dbeta, input.Table);

    /// <summary>What a product needs to leave a batch-norm's sums in parts.</summary>
    public static ProductColumns Columns(long rows, int channels, in NormalizedInput input, DeviceView<float> parts) => new(
        IlgpuView.Of(parts), IlgpuView.Of(input.X, rows * channels), IlgpuView.Of(input.Mean, channels), IlgpuView.Of(input.Variance, channels), IlgpuView.Of(input.Gamma, channels),
        Mask(input.Mask, true, rows, channels), input.Epsilon);

    /// <summary>sums[c] = (or +=) sum over the rows of x[row, c].</summary>
    public void ColumnSums(long rows, int channels, DeviceView<float> x, ParameterGradient sums) =>
        Sums(new NormalizationPass(rows, channels, 0, 0, 0, 0), default, default, default, default, default, x, default, default, sums);

    /// <summary>dx and dresidual, given the sums.</summary>
    private void Project(
        NormalizationPass pass, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, in ReluMask mask,
        DeviceView<float> dy, DeviceView<float> sums, DeviceView<float> dx, DeviceView<float> dresidual)
    {
        var (length, channels) = (pass.Rows * pass.Channels, pass.Channels);
        var quads = IlgpuView.AreQuads(channels, x, mean, variance, gamma, mask.Y, mask.Beta, dy) && IlgpuView.AreQuads(channels, dx, dresidual, sums);
        kernels.Run(
            quads ? GpuNormalization.Backward<QuadAccess> : GpuNormalization.Backward<SingleAccess>, kernels.Sweep(pass.Rows, channels, quads), pass,
            IlgpuView.Of(x, length), IlgpuView.Of(mean, channels), IlgpuView.Of(variance, channels), IlgpuView.Of(gamma, channels), Mask(mask, quads, pass.Rows, channels),
            IlgpuView.Of(dy, length), IlgpuView.Of(sums), IlgpuView.Of(dx, dx.IsEmpty ? 0 : length), IlgpuView.Of(dresidual, dresidual.IsEmpty ? 0 : length));
    }

    /// <summary>What of a mask a kernel reads: the flags, or else the shifts, or else the output.</summary>
    private static NormalizationMask Mask(in ReluMask mask, bool quads, long rows, int channels)
    {
        if (!mask.Flags.IsEmpty)
            return new NormalizationMask { Flags = Flags(mask.Flags, quads, rows * channels) };
        return mask.Beta.IsEmpty
            ? new NormalizationMask { Y = IlgpuView.Of(mask.Y, mask.Y.IsEmpty ? 0 : rows * channels) }
            : new NormalizationMask { Beta = IlgpuView.Of(mask.Beta, channels) };
    }

    private static ArrayView<byte> Flags(DeviceView<int> flags, bool quads, long length)
    {
        if (flags.IsEmpty)
            return ArrayView<byte>.Empty;
        return quads
            ? IlgpuView.Of(flags, ReluMask.FlagsLength(length)).Cast<byte>()
            : throw new ArgumentException("A ReLU's flags: channels in multiples of four and views at multiples of 16 bytes expected.");
    }

    /// <summary>sum g and sum g (x - mean) of every channel, in memory that is lent or in scratch; dgamma and dbeta on the way.</summary>
    private DeviceView<float> Sums(
        NormalizationPass pass, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, in ReluMask mask,
        DeviceView<float> dy, DeviceView<float> masked, ParameterGradient dgamma, ParameterGradient dbeta, DeviceView<float> sums = default,
        DeviceView<float> table = default, ProductParts product = default)
    {
        var (length, channels) = (pass.Rows * pass.Channels, pass.Channels);
        var quads = IlgpuView.AreQuads(channels, x, mean, variance, gamma, mask.Y, mask.Beta, dy);
        var config = kernels.Reduction(pass.Rows, channels, quads);
        var count = config.GridDim.X;
        var scratch = product.Values.IsEmpty ? device.Scratch(2L * channels * (count + 1)) : product.Behind;
        var parts = scratch.Slice(2L * channels, 2L * channels * count);
        if (sums.IsEmpty)
            sums = scratch.Slice(0, 2L * channels);
        kernels.Run(
            quads ? GpuChannels.SumParts<QuadAccess> : GpuChannels.SumParts<SingleAccess>, config, pass, IlgpuView.Of(x, x.IsEmpty ? 0 : length),
            Channels(mean, channels), Channels(variance, channels), Channels(gamma, channels), Mask(mask, quads, pass.Rows, channels), product.Of(dy, length),
            IlgpuView.Of(masked, masked.IsEmpty ? 0 : length), IlgpuView.Of(parts));
        var share = ChannelSweep.Share(pass.Rows, count);
        MergeSums(pass, (int)((pass.Rows + share - 1) / share), parts, mean, variance, gamma, sums, dgamma, dbeta, table);
        return sums;
    }

    private void MergeSums(
        NormalizationPass pass, int count, DeviceView<float> parts, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> sums, ParameterGradient dgamma,
        ParameterGradient dbeta, DeviceView<float> table) => kernels.Run(
        GpuChannelMerges.MergeSums, kernels.Groups(pass.Channels), pass, count, IlgpuView.Of(parts), Channels(mean, pass.Channels), Channels(variance, pass.Channels), Channels(gamma, pass.Channels),
        IlgpuView.Of(sums), Gradient(dgamma, pass.Channels), Gradient(dbeta, pass.Channels), IlgpuView.Of(table));

    private static ChannelGradient Gradient(ParameterGradient gradient, int channels) => new(Channels(gradient.Values, channels), gradient.Overwrites ? 1 : 0);

    /// <summary>One float a channel, or none.</summary>
    private static ArrayView<float> Channels(DeviceView<float> view, int channels) => IlgpuView.Of(view, view.IsEmpty ? 0 : channels);
}
