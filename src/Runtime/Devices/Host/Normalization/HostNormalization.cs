using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Batch normalization: one pass to reduce, one to apply; the reductions' blocks depend on the sizes only.</summary>
internal sealed unsafe class HostNormalization(HostDevice device) : INormalization
{
    public void Moments(long rows, int channels, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, in NormalizationTable table = default)
    {
        var each = Partition.Rows(channels);
        var parts = Partition.Parts(rows, each);
        var scratch = device.Scratch(2L * parts * channels);
        var job = new HostMomentsJob { Rows = rows, Each = each, Bits = device.VectorBits, Channels = channels, X = HostView.Pointer(x, rows * channels), Blocks = HostView.Pointer(scratch, scratch.Length) };
        device.Threads.Run(parts, job);
        Span<long> counts = parts <= 1024 ? stackalloc long[parts] : new long[parts];
        for (var part = 0; part < parts; part++)
            counts[part] = Partition.Part(part, rows, each).Count;
        HostMoments.Merge(job.Blocks, counts, channels, HostView.Pointer(mean, channels), HostView.Pointer(variance, channels));
    }

    public RunningUpdate PrepareRunning(IReadOnlyList<RunningNorm> norms) => new HostRunningUpdate(norms);

    public void Forward(
        long rows, int channels, float epsilon, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta,
        GatheredTensor residual, bool relu, DeviceView<float> y, DeviceView<int> flags = default) => Run(rows, channels, new NormalizationApply
        {
            Channels = channels,
            X = HostView.Pointer(x, rows * channels),
            Mean = HostView.Pointer(mean, channels),
            Scale = Scale(channels, epsilon, variance, gamma, Coefficients(channels)),
            Shift = HostView.Pointer(beta, channels),
            Residual = HostView.Pointer(residual.Tensor, rows * channels),
            Relu = relu,
            Stream = !x.IsSameAs(y) && Streaming.Pays(HostView.Pointer(y, rows * channels), rows * channels, channels),
            Y = HostView.Pointer(y, rows * channels),
        });

    public void Backward(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        in ReluMask mask, DeviceView<float> dy, DeviceView<float> dx, bool accumulateX, ParameterGradient dgamma, ParameterGradient dbeta,
        DeviceView<float> dresidual, bool accumulateResidual)
    {
        var length = rows * channels;
        var coefficients = Coefficients(5 * channels);
        var sums = Part(coefficients, 0, channels);
        var products = Part(coefficients, 1, channels);
        var map = BackwardMap(rows, channels, epsilon, x, mean, variance, gamma, dy, dx, accumulateX, dresidual, accumulateResidual, coefficients);
        map.Mask = Mask(mask, length, map.A, channels);
        var reduce = new NormalizationReduce { Channels = channels, X = map.X, Mean = map.Mean, Mask = map.Mask, Dy = map.Dy };
        if (training && !accumulateResidual && dresidual.IsSameAs(dy))
        {
            // The residual's cotangent replaces dy on the way, so that the second pass reads no mask and writes one tensor only.
            reduce.G = mask.IsRelu ? map.Dy : null;
            map.Mask = default;
            map.DResidual = null;
        }

        if (training || !dgamma.IsEmpty || !dbeta.IsEmpty)
            Reduce(rows, reduce, sums, products);
        AddParameterGradients(channels, epsilon, variance, sums, products, dgamma, dbeta);
        if (training)
            Project(rows, epsilon, variance, sums, products, map);
        else
            new Span<float>(Part(coefficients, 3, channels), 2 * channels).Clear();
        Run(rows, map);
    }

    public void BackwardReduced(
        long rows, int channels, in NormalizedInput input, DeviceView<float> g, DeviceView<float> dx, bool accumulateX, DeviceView<float> dresidual, bool accumulateResidual)
    {
        var map = BackwardMap(
            rows, channels, input.Epsilon, input.X, input.Mean, input.Variance, input.Gamma, g, dx, accumulateX, dresidual, accumulateResidual, Coefficients(5 * channels));
        if (!accumulateResidual && dresidual.IsSameAs(g))
            map.DResidual = null;
        var sums = HostView.Pointer(input.Sums, 2L * channels);
        Project(rows, input.Epsilon, input.Variance, sums, sums + channels, map);
        Run(rows, map);
    }

    /// <summary>What a convolution needs to make a batch-norm's sums; see <see cref="AddParameterGradients(int, in NormalizedInput)"/> for what comes behind.</summary>
    internal HostColumnSums Sums(long rows, int channels, in NormalizedInput input)
    {
        var sums = HostView.Pointer(input.Sums, 2L * channels);
        return new HostColumnSums
        {
            Source = new CotangentSource
            {
                X = HostView.Pointer(input.X, rows * channels),
                Mean = HostView.Pointer(input.Mean, channels),
                Mask = Mask(input.Mask, rows * channels, Scale(channels, input.Epsilon, input.Variance, input.Gamma, Coefficients(channels)), channels),
            },
            First = sums,
            Second = sums + channels,
        };
    }

    /// <summary>The parameters' gradients from the sums.</summary>
    internal static void AddParameterGradients(int channels, in NormalizedInput input)
    {
        var sums = HostView.Pointer(input.Sums, 2L * channels);
        AddParameterGradients(channels, input.Epsilon, input.Variance, sums, sums + channels, input.Dgamma, input.Dbeta);
    }

    public void Reduce(long rows, int channels, in NormalizedInput input, DeviceView<float> dy)
    {
        var source = Sums(rows, channels, input).Source;
        var cotangent = HostView.Pointer(dy, rows * channels);
        var reduce = new NormalizationReduce { Channels = channels, X = source.X, Mean = source.Mean, Mask = source.Mask, Dy = cotangent, G = input.Mask.IsRelu ? cotangent : null };
        var sums = HostView.Pointer(input.Sums, 2L * channels);
        Reduce(rows, reduce, sums, sums + channels);
        AddParameterGradients(channels, input);
    }

    public void Jvp(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        in ReluMask mask, DeviceView<float> xDot, DeviceView<float> gammaDot, DeviceView<float> betaDot, DeviceView<float> residualDot, DeviceView<float> yDot)
    {
        var length = rows * channels;
        var v = HostView.Pointer(variance, channels);
        var gd = HostView.Pointer(gammaDot, gammaDot.IsEmpty ? 0 : channels);
        var bd = HostView.Pointer(betaDot, betaDot.IsEmpty ? 0 : channels);
        var coefficients = Coefficients(5 * channels);
        var sums = Part(coefficients, 0, channels);
        var products = Part(coefficients, 1, channels);

        // yDot = a * xDot + b * (x - mean) + s: the input's part as in Backward, and gammaDot * xHat + betaDot.
        var map = new NormalizationApply
        {
            Channels = channels,
            X = HostView.Pointer(x, length),
            Mean = HostView.Pointer(mean, channels),
            B = HostView.Pointer(xDot, xDot.IsEmpty ? 0 : length),
            ScaleB = Scale(channels, epsilon, variance, gamma, Part(coefficients, 2, channels)),
            Scale = Part(coefficients, 3, channels),
            Shift = Part(coefficients, 4, channels),
            Residual = HostView.Pointer(residualDot, residualDot.IsEmpty ? 0 : length),
            Y = HostView.Pointer(yDot, length),
        };
        map.Mask = Mask(mask, length, map.ScaleB, channels);
        if (training && map.B is not null)
            Reduce(rows, new NormalizationReduce { Channels = channels, X = map.X, Mean = map.Mean, Dy = map.B }, sums, products);
        else
            new Span<float>(sums, 2 * channels).Clear();
        for (var c = 0; c < channels; c++)
        {
            var inverse = Inverse(v[c], epsilon);
            var gammaTangent = gd is null ? 0 : gd[c] * inverse;
            map.Scale[c] = gammaTangent - (map.ScaleB[c] * inverse * inverse * products[c] / rows);
            map.Shift[c] = (bd is null ? 0 : bd[c]) - (map.ScaleB[c] * sums[c] / rows);
        }

        Run(rows, channels, map);
    }

    /// <summary>dx = a * g + b * (x - mean) + s with a = gamma*inv; <see cref="Project"/> sets b and s.</summary>
    private static NormalizationBackward BackwardMap(
        long rows, int channels, float epsilon, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> dy,
        DeviceView<float> dx, bool accumulateX, DeviceView<float> dresidual, bool accumulateResidual, float* coefficients)
    {
        var length = rows * channels;
        var target = HostView.Pointer(dx, dx.IsEmpty ? 0 : length);
        return new NormalizationBackward
        {
            Channels = channels,
            X = HostView.Pointer(x, length),
            Mean = HostView.Pointer(mean, channels),
            Dy = HostView.Pointer(dy, length),
            A = Scale(channels, epsilon, variance, gamma, Part(coefficients, 2, channels)),
            B = Part(coefficients, 3, channels),
            Shift = Part(coefficients, 4, channels),
            Dx = target,
            Stream = !accumulateX && !dx.IsSameAs(dy) && Streaming.Pays(target, length, channels),
            AccumulateX = accumulateX,
            DResidual = HostView.Pointer(dresidual, dresidual.IsEmpty ? 0 : length),
            AccumulateResidual = accumulateResidual,
        };
    }

    /// <summary>b = -a*inv*mean(g xHat), s = -a*mean(g).</summary>
    private static void Project(long rows, float epsilon, DeviceView<float> variance, float* sums, float* products, in NormalizationBackward map)
    {
        var v = HostView.Pointer(variance, map.Channels);
        for (var c = 0; c < map.Channels; c++)
        {
            var inverse = Inverse(v[c], epsilon);
            map.B[c] = -map.A[c] * inverse * inverse * products[c] / rows;
            map.Shift[c] = -map.A[c] * sums[c] / rows;
        }
    }

    private static void AddParameterGradients(
        int channels, float epsilon, DeviceView<float> variance, float* sums, float* products, ParameterGradient dgamma, ParameterGradient dbeta)
    {
        var v = HostView.Pointer(variance, channels);
        var pg = HostView.Pointer(dgamma.Values, dgamma.IsEmpty ? 0 : channels);
        var pb = HostView.Pointer(dbeta.Values, dbeta.IsEmpty ? 0 : channels);
        for (var c = 0; c < channels; c++)
        {
            if (pg is not null)
                pg[c] = (dgamma.Overwrites ? 0 : pg[c]) + (products[c] * Inverse(v[c], epsilon));
            if (pb is not null)
                pb[c] = (dbeta.Overwrites ? 0 : pb[c]) + sums[c];
        }
    }

    private static float Inverse(float variance, float epsilon) => (float)(1 / Math.Sqrt((double)variance + epsilon));

    private static float* Part(float* memory, int index, int channels) => memory + ((long)index * channels);

    /// <summary>scale = gamma / sqrt(variance + epsilon), the forward pass's and the masks'.</summary>
    private static float* Scale(int channels, float epsilon, DeviceView<float> variance, DeviceView<float> gamma, float* scale)
    {
        var v = HostView.Pointer(variance, channels);
        var g = HostView.Pointer(gamma, channels);
        for (var c = 0; c < channels; c++)
            scale[c] = g[c] * Inverse(v[c], epsilon);
        return scale;
    }

    private static NormalizationMask Mask(in ReluMask mask, long length, float* scale, int channels) => mask.Beta.IsEmpty
        ? new NormalizationMask { Y = HostView.Pointer(mask.Y, length) }
        : new NormalizationMask { Scale = scale, Shift = HostView.Pointer(mask.Beta, channels) };

    private void Reduce(long rows, NormalizationReduce map, float* sums, float* products)
    {
        var channels = map.Channels;
        var parts = Partition.Parts(rows, Partition.Rows(channels));
        var partials = (double*)_partials.Ensure(device, 4L * parts * channels);
        device.Threads.EnsureWorkerScratch(2L * channels);
        device.Threads.Run(parts, new HostNormalizationReduceJob { Rows = rows, Bits = device.VectorBits, Scratch = device.Threads.WorkerScratch, Map = map, Partials = partials });
        for (var c = 0; c < channels; c++)
        {
            double sum = 0, product = 0;
            for (var part = 0; part < parts; part++)
            {
                sum += partials[(2L * part * channels) + c];
                product += partials[(((2L * part) + 1) * channels) + c];
            }

            sums[c] = (float)sum;
            products[c] = (float)product;
        }
    }

    private readonly GrowingBuffer _coefficients = new();
    private readonly GrowingBuffer _partials = new();

    private float* Coefficients(long length) => _coefficients.Ensure(device, length);

    private void Run(long rows, NormalizationBackward map)
    {
        if (map.Dx is not null || map.DResidual is not null)
            Run(rows, map.Channels, map);
    }

    private void Run<TMap>(long rows, int channels, TMap map)
        where TMap : unmanaged, INormalizationMap =>
        device.Threads.Run(
            Partition.Parts(rows, Partition.Rows(channels)), new HostNormalizationMapJob<TMap> { Rows = rows, Channels = channels, Bits = device.VectorBits, Map = map });
}
