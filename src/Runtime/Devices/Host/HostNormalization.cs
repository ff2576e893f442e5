using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Batch normalization: one pass to reduce, one to apply; the reductions' blocks depend on the sizes only.</summary>
internal sealed unsafe class HostNormalization(HostDevice device) : INormalization
{
    public void Moments(long rows, int channels, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance)
    {
        var each = Partition.Rows(channels);
        var parts = Partition.Parts(rows, each);
        var scratch = device.Scratch(2L * parts * channels);
        var job = new MomentsJob { Rows = rows, Each = each, Channels = channels, X = HostView.Pointer(x, rows * channels), Blocks = HostView.Pointer(scratch, scratch.Length) };
        device.Threads.Run(parts, job);
        Span<long> counts = parts <= 1024 ? stackalloc long[parts] : new long[parts];
        for (var part = 0; part < parts; part++)
            counts[part] = Partition.Part(part, rows, each).Count;
        var means = HostView.Pointer(mean, channels);
        var variances = HostView.Pointer(variance, channels);
        for (var c = 0; c < channels; c++)
            (means[c], variances[c]) = ChannelMoments.Merge(job.Blocks, counts, channels, c);
    }

    public void UpdateRunning(
        long rows, int channels, float momentum, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> runningMean, DeviceView<float> runningVariance)
    {
        var unbias = rows > 1 ? (float)((double)rows / (rows - 1)) : 1;
        var m = HostView.Pointer(mean, channels);
        var v = HostView.Pointer(variance, channels);
        var rm = HostView.Pointer(runningMean, channels);
        var rv = HostView.Pointer(runningVariance, channels);
        for (var c = 0; c < channels; c++)
        {
            rm[c] = ((1 - momentum) * rm[c]) + (momentum * m[c]);
            rv[c] = ((1 - momentum) * rv[c]) + (momentum * unbias * v[c]);
        }
    }

    public void Forward(
        long rows, int channels, float epsilon, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta,
        DeviceView<float> residual, bool relu, DeviceView<float> y)
    {
        // y = (x - mean) * scale + beta, with scale = gamma * inv.
        var scale = Coefficients(channels);
        var v = HostView.Pointer(variance, channels);
        var g = HostView.Pointer(gamma, channels);
        for (var c = 0; c < channels; c++)
            scale[c] = g[c] * Inverse(v[c], epsilon);

        Run(rows, channels, new ApplyJob
        {
            A = HostView.Pointer(x, rows * channels),
            Mean = HostView.Pointer(mean, channels),
            ScaleA = scale,
            Shift = HostView.Pointer(beta, channels),
            Residual = HostView.Pointer(residual, rows * channels),
            Mode = relu ? NormalizationRows.Output.Relu : NormalizationRows.Output.Plain,
            Y = HostView.Pointer(y, rows * channels),
        });
    }

    public void Backward(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        DeviceView<float> y, bool relu, DeviceView<float> dy, DeviceView<float> dx, bool accumulateX, DeviceView<float> dgamma, DeviceView<float> dbeta,
        DeviceView<float> dresidual, bool accumulateResidual)
    {
        var length = rows * channels;
        var px = HostView.Pointer(x, length);
        var py = relu ? HostView.Pointer(y, length) : null;
        var pdy = HostView.Pointer(dy, length);
        var m = HostView.Pointer(mean, channels);
        var v = HostView.Pointer(variance, channels);
        var g = HostView.Pointer(gamma, channels);
        var coefficients = Coefficients(5 * channels);
        var sums = Part(coefficients, 0, channels);
        var products = Part(coefficients, 1, channels);
        if (training || !dgamma.IsEmpty || !dbeta.IsEmpty)
            Reduce(rows, channels, px, m, py, pdy, sums, products);

        // dx = a * g + b * (x - mean) + s with a = gamma*inv, b = -a*inv*mean(g xHat), s = -a*mean(g).
        var a = Part(coefficients, 2, channels);
        var bx = Part(coefficients, 3, channels);
        var s = Part(coefficients, 4, channels);
        var pg = HostView.Pointer(dgamma, dgamma.IsEmpty ? 0 : channels);
        var pb = HostView.Pointer(dbeta, dbeta.IsEmpty ? 0 : channels);
        for (var c = 0; c < channels; c++)
        {
            var inverse = Inverse(v[c], epsilon);
            if (pg is not null)
                pg[c] += products[c] * inverse;
            if (pb is not null)
                pb[c] += sums[c];
            a[c] = g[c] * inverse;
            bx[c] = training ? -a[c] * inverse * inverse * products[c] / rows : 0;
            s[c] = training ? -a[c] * sums[c] / rows : 0;
        }

        if (dx.IsEmpty && dresidual.IsEmpty)
            return;
        Run(rows, channels, new BackwardJob
        {
            X = px,
            Mean = m,
            Y = py,
            Dy = pdy,
            A = a,
            B = bx,
            Shift = s,
            Dx = HostView.Pointer(dx, dx.IsEmpty ? 0 : length),
            AccumulateX = accumulateX,
            DResidual = HostView.Pointer(dresidual, dresidual.IsEmpty ? 0 : length),
            AccumulateResidual = accumulateResidual,
        });
    }

    public void Jvp(
        long rows, int channels, float epsilon, bool training, DeviceView<float> x, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma,
        DeviceView<float> y, bool relu, DeviceView<float> xDot, DeviceView<float> gammaDot, DeviceView<float> betaDot, DeviceView<float> residualDot, DeviceView<float> yDot)
    {
        var length = rows * channels;
        var px = HostView.Pointer(x, length);
        var pd = HostView.Pointer(xDot, xDot.IsEmpty ? 0 : length);
        var m = HostView.Pointer(mean, channels);
        var v = HostView.Pointer(variance, channels);
        var g = HostView.Pointer(gamma, channels);
        var gd = HostView.Pointer(gammaDot, gammaDot.IsEmpty ? 0 : channels);
        var bd = HostView.Pointer(betaDot, betaDot.IsEmpty ? 0 : channels);
        var coefficients = Coefficients(5 * channels);
        var sums = Part(coefficients, 0, channels);
        var products = Part(coefficients, 1, channels);
        if (training && pd is not null)
            Reduce(rows, channels, px, m, null, pd, sums, products);
        else
            new Span<float>(sums, 2 * channels).Clear();

        // yDot = a * xDot + b * (x - mean) + s: the input's part as in Backward, and gammaDot * xHat + betaDot.
        var a = Part(coefficients, 2, channels);
        var bx = Part(coefficients, 3, channels);
        var s = Part(coefficients, 4, channels);
        for (var c = 0; c < channels; c++)
        {
            var inverse = Inverse(v[c], epsilon);
            var gammaTangent = gd is null ? 0 : gd[c] * inverse;
            a[c] = g[c] * inverse;
            bx[c] = gammaTangent - (a[c] * inverse * inverse * products[c] / rows);
            s[c] = (bd is null ? 0 : bd[c]) - (a[c] * sums[c] / rows);
        }

        Run(rows, channels, new ApplyJob
        {
            A = px,
            Mean = m,
            ScaleA = bx,
            B = pd,
            ScaleB = a,
            Shift = s,
            Residual = HostView.Pointer(residualDot, residualDot.IsEmpty ? 0 : length),
            Mode = relu ? NormalizationRows.Output.Masked : NormalizationRows.Output.Plain,
            Mask = relu ? HostView.Pointer(y, length) : null,
            Y = HostView.Pointer(yDot, length),
        });
    }

    private static float Inverse(float variance, float epsilon) => (float)(1 / Math.Sqrt((double)variance + epsilon));

    private static float* Part(float* memory, int index, int channels) => memory + ((long)index * channels);

    /// <summary>sums = sum g, products = sum g (x - mean), with g = dy, masked where y is given.</summary>
    private void Reduce(long rows, int channels, float* x, float* mean, float* y, float* dy, float* sums, float* products)
    {
        var each = Partition.Rows(channels);
        var parts = Partition.Parts(rows, each);
        var partials = _partials.Ensure(device, 2L * parts * channels);
        device.Threads.Run(parts, new ReduceJob { Rows = rows, Each = each, Channels = channels, X = x, Mean = mean, Y = y, Dy = dy, Partials = partials });
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

    private void Run(long rows, int channels, ApplyJob job)
    {
        (job.Rows, job.Each, job.Channels) = (rows, Partition.Rows(channels), channels);
        device.Threads.Run(Partition.Parts(rows, job.Each), job);
    }

    private void Run(long rows, int channels, BackwardJob job)
    {
        (job.Rows, job.Each, job.Channels) = (rows, Partition.Rows(channels), channels);
        device.Threads.Run(Partition.Parts(rows, job.Each), job);
    }

    private struct MomentsJob : IHostJob
    {
        public long Rows;
        public long Each;
        public int Channels;
        public float* X;
        public float* Blocks;

        public readonly void Execute(int part, int worker)
        {
            var (first, count) = Partition.Part(part, Rows, Each);
            var block = Blocks + (2L * part * Channels);
            ChannelMoments.OfBlock(X + (first * Channels), count, Channels, block, block + Channels);
        }
    }

    private struct ReduceJob : IHostJob
    {
        public long Rows;
        public long Each;
        public int Channels;
        public float* X;
        public float* Mean;
        public float* Y;
        public float* Dy;
        public float* Partials;

        public readonly void Execute(int part, int worker)
        {
            var (first, count) = Partition.Part(part, Rows, Each);
            var offset = first * Channels;
            var partial = Partials + (2L * part * Channels);
            NormalizationRows.Reduce(X + offset, Mean, Y is null ? null : Y + offset, Dy + offset, count, Channels, partial, partial + Channels);
        }
    }

    private struct ApplyJob : IHostJob
    {
        public long Rows;
        public long Each;
        public int Channels;
        public float* A;
        public float* Mean;
        public float* ScaleA;
        public float* B;
        public float* ScaleB;
        public float* Shift;
        public float* Residual;
        public float* Mask;
        public NormalizationRows.Output Mode;
        public float* Y;

        public readonly void Execute(int part, int worker)
        {
            var (first, count) = Partition.Part(part, Rows, Each);
            var offset = first * Channels;
            for (var row = 0; row < count; row++, offset += Channels)
            {
                NormalizationRows.Apply(
                    A + offset, Mean, ScaleA, B is null ? null : B + offset, ScaleB, Shift, Residual is null ? null : Residual + offset, Mode, Mask is null ? null : Mask + offset,
                    Y + offset, Channels);
            }
        }
    }

    private struct BackwardJob : IHostJob
    {
        public long Rows;
        public long Each;
        public int Channels;
        public float* X;
        public float* Mean;
        public float* Y;
        public float* Dy;
        public float* A;
        public float* B;
        public float* Shift;
        public float* Dx;
        public bool AccumulateX;
        public float* DResidual;
        public bool AccumulateResidual;

        public readonly void Execute(int part, int worker)
        {
            var (first, count) = Partition.Part(part, Rows, Each);
            var offset = first * Channels;
            for (var row = 0; row < count; row++, offset += Channels)
            {
                NormalizationRows.Backward(
                    X + offset, Mean, Y is null ? null : Y + offset, Dy + offset, A, B, Shift, Dx is null ? null : Dx + offset, AccumulateX,
                    DResidual is null ? null : DResidual + offset, AccumulateResidual, Channels);
            }
        }
    }
}
