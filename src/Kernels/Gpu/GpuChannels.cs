using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Reductions over the rows of (rows, channels) in two launches: groups leave a partial result each, then <see cref="GpuChannelMerges"/>. No atomics.</summary>
public static class GpuChannels
{
    /// <summary>Parts that a channel's rows are cut into at most: one a thread of the group that merges them.</summary>
    public const int MaxParts = 256;

    /// <summary>Integers a batch-norm of <see cref="UpdateRunning"/>.</summary>
    public const int Places = 5;

    /// <summary>Floats a batch-norm of it.</summary>
    public const int Factors = 2;

    /// <summary>parts (part, 2, channels): mean and squared deviations of the group's rows; deviations are taken from each thread's first sample, then from means.
    /// A tensor in parts is written on the way.</summary>
    public static void MomentParts<TAccess>(long rows, int channels, SplitTensor x, ArrayView<float> target, ArrayView<float> parts)
        where TAccess : unmanaged, IAccess
    {
        var shared = SharedMemory.Allocate<float>(9 * GpuIndex.MaxGroup);
        var at = ChannelSweep.Create<TAccess>(rows, channels);
        var count = 0f;
        var (none, first, sum, squares) = (Quad.All(0), Quad.All(0), Quad.All(0), Quad.All(0));
        if (at.First < at.Last)
            first = Sum<TAccess>(x, at.Index);
        var (i, stride) = (at.Index, at.Stride);
        var row = at.First;
        for (; row + (7 * at.Step) < at.Last; row += 8 * at.Step)
        {
            // Eight reads are under way before the first is needed.
            var (d0, d1, d2, d3) = (none, none, none, none);
            var (d4, d5, d6, d7) = (none, none, none, none);
            var place = i;
            for (var part = 0; part < x.Count; part++)
            {
                d0 += TAccess.Load(x.Values, place);
                d1 += TAccess.Load(x.Values, place + stride);
                d2 += TAccess.Load(x.Values, place + (2 * stride));
                d3 += TAccess.Load(x.Values, place + (3 * stride));
                d4 += TAccess.Load(x.Values, place + (4 * stride));
                d5 += TAccess.Load(x.Values, place + (5 * stride));
                d6 += TAccess.Load(x.Values, place + (6 * stride));
                d7 += TAccess.Load(x.Values, place + (7 * stride));
                place += x.Length;
            }

            if (target.Length > 0)
            {
                TAccess.Store(target, i, d0);
                TAccess.Store(target, i + stride, d1);
                TAccess.Store(target, i + (2 * stride), d2);
                TAccess.Store(target, i + (3 * stride), d3);
                TAccess.Store(target, i + (4 * stride), d4);
                TAccess.Store(target, i + (5 * stride), d5);
                TAccess.Store(target, i + (6 * stride), d6);
                TAccess.Store(target, i + (7 * stride), d7);
            }

            d0 -= first;
            d1 -= first;
            d2 -= first;
            d3 -= first;
            d4 -= first;
            d5 -= first;
            d6 -= first;
            d7 -= first;
            sum += ((d0 + d1) + (d2 + d3)) + ((d4 + d5) + (d6 + d7));
            squares += (((d0 * d0) + (d1 * d1)) + ((d2 * d2) + (d3 * d3))) + (((d4 * d4) + (d5 * d5)) + ((d6 * d6) + (d7 * d7)));
            count += 8;
            i += 8 * stride;
        }

        for (; row < at.Last; row += at.Step)
        {
            var value = Sum<TAccess>(x, i);
            if (target.Length > 0)
                TAccess.Store(target, i, value);
            var d = value - first;
            sum += d;
            squares += d * d;
            count += 1;
            i += stride;
        }

        var divisor = Quad.All(count > 0 ? count : 1);
        var offset = sum / divisor;
        var slot = Group.IdxX * 4;
        Quads.Store(shared, slot, first + offset);
        Quads.Store(shared, (4 * GpuIndex.MaxGroup) + slot, squares - (offset * sum));
        shared[(8 * GpuIndex.MaxGroup) + Group.IdxX] = count;
        Group.Barrier();
        for (var lines = at.Step; lines > 1; lines = (lines + 1) / 2)
        {
            var half = (lines + 1) / 2;
            if (at.Line + half < lines)
                Merge(shared, slot, slot + (half * at.Lanes * 4));
            Group.Barrier();
        }

        if (at.Line > 0 || at.First >= at.Last)
            return;
        var result = (2L * Grid.IdxX * channels) + at.Column;
        TAccess.Store(parts, result, Quads.Load(shared, slot));
        TAccess.Store(parts, result + channels, Quads.Load(shared, (4 * GpuIndex.MaxGroup) + slot));
    }

    /// <summary>parts (part, 2, channels): sum of g and of g (x - mean) over the group's rows, where g = dy, zero where the ReLU was. Without x: of g only.
    /// g itself goes to <paramref name="masked"/> where that is given; it may be dy, and is the tensor where dy is in parts.</summary>
    public static void SumParts<TAccess>(
        NormalizationPass pass, ArrayView<float> x, ArrayView<float> mean, ArrayView<float> variance, ArrayView<float> gamma, NormalizationMask mask, SplitTensor dy,
        ArrayView<float> masked, ArrayView<float> parts)
        where TAccess : unmanaged, IAccess
    {
        var shared = SharedMemory.Allocate<float>(8 * GpuIndex.MaxGroup);
        var at = ChannelSweep.Create<TAccess>(pass.Rows, pass.Channels);
        var (sum, product, centre, none) = (Quad.All(0), Quad.All(0), Quad.All(0), Quad.All(0));
        var map = new NormalizationMap(none, none, none);
        if (x.Length > 0 && at.First < at.Last)
        {
            centre = TAccess.Load(mean, at.Column);
            map = NormalizationMap.Create<TAccess>(pass.Epsilon, at.Column, mean, variance, gamma, mask.Beta);
        }

        var (i, stride) = (at.Index, at.Stride);
        var row = at.First;
        for (; row + (3 * at.Step) < at.Last; row += 4 * at.Step)
        {
            // All reads of four rows are under way before the first is needed.
            var (g0, g1, g2, g3) = (none, none, none, none);
            var from = i;
            for (var part = 0; part < dy.Count; part++)
            {
                g0 += TAccess.Load(dy.Values, from);
                g1 += TAccess.Load(dy.Values, from + stride);
                g2 += TAccess.Load(dy.Values, from + (2 * stride));
                g3 += TAccess.Load(dy.Values, from + (3 * stride));
                from += dy.Length;
            }

            if (dy.Beta != 0)
            {
                g0 += dy.Beta * TAccess.Load(masked, i);
                g1 += dy.Beta * TAccess.Load(masked, i + stride);
                g2 += dy.Beta * TAccess.Load(masked, i + (2 * stride));
                g3 += dy.Beta * TAccess.Load(masked, i + (3 * stride));
            }

            var (x0, x1, x2, x3) = (none, none, none, none);
            if (x.Length > 0)
            {
                x0 = TAccess.Load(x, i);
                x1 = TAccess.Load(x, i + stride);
                x2 = TAccess.Load(x, i + (2 * stride));
                x3 = TAccess.Load(x, i + (3 * stride));
            }

            if (mask.Flags.Length > 0)
            {
                var f0 = mask.Flags[i >> 2];
                var f1 = mask.Flags[(i + stride) >> 2];
                var f2 = mask.Flags[(i + (2 * stride)) >> 2];
                var f3 = mask.Flags[(i + (3 * stride)) >> 2];
                g0 = g0.WhereSet(f0);
                g1 = g1.WhereSet(f1);
                g2 = g2.WhereSet(f2);
                g3 = g3.WhereSet(f3);
            }
            else if (mask.Y.Length > 0)
            {
                var y0 = TAccess.Load(mask.Y, i);
                var y1 = TAccess.Load(mask.Y, i + stride);
                var y2 = TAccess.Load(mask.Y, i + (2 * stride));
                var y3 = TAccess.Load(mask.Y, i + (3 * stride));
                g0 = g0.WherePositive(y0);
                g1 = g1.WherePositive(y1);
                g2 = g2.WherePositive(y2);
                g3 = g3.WherePositive(y3);
            }
            else if (mask.Beta.Length > 0)
            {
                g0 = g0.WherePositive(map.Apply(x0));
                g1 = g1.WherePositive(map.Apply(x1));
                g2 = g2.WherePositive(map.Apply(x2));
                g3 = g3.WherePositive(map.Apply(x3));
            }

            if (masked.Length > 0)
            {
                TAccess.Store(masked, i, g0);
                TAccess.Store(masked, i + stride, g1);
                TAccess.Store(masked, i + (2 * stride), g2);
                TAccess.Store(masked, i + (3 * stride), g3);
            }

            sum += (g0 + g1) + (g2 + g3);
            product += ((g0 * (x0 - centre)) + (g1 * (x1 - centre))) + ((g2 * (x2 - centre)) + (g3 * (x3 - centre)));
            i += 4 * stride;
        }

        for (; row < at.Last; row += at.Step)
        {
            var g = Sum<TAccess>(dy, i);
            if (dy.Beta != 0)
                g += dy.Beta * TAccess.Load(masked, i);
            var input = x.Length > 0 ? TAccess.Load(x, i) : none;
            g = mask.Apply<TAccess>(g, i, map, input);
            if (masked.Length > 0)
                TAccess.Store(masked, i, g);
            sum += g;
            product += g * (input - centre);
            i += stride;
        }

        var place = Group.IdxX * 4;
        Quads.Store(shared, place, sum);
        Quads.Store(shared, (4 * GpuIndex.MaxGroup) + place, product);
        Group.Barrier();
        for (var lines = at.Step; lines > 1; lines = (lines + 1) / 2)
        {
            var half = (lines + 1) / 2;
            if (at.Line + half < lines)
            {
                Add(shared, place, place + (half * at.Lanes * 4));
                Add(shared, (4 * GpuIndex.MaxGroup) + place, (4 * GpuIndex.MaxGroup) + place + (half * at.Lanes * 4));
            }

            Group.Barrier();
        }

        if (at.Line > 0 || at.First >= at.Last)
            return;
        var target = (2L * Grid.IdxX * pass.Channels) + at.Column;
        TAccess.Store(parts, target, Quads.Load(shared, place));
        TAccess.Store(parts, target + pass.Channels, Quads.Load(shared, (4 * GpuIndex.MaxGroup) + place));
    }

    /// <summary>running = (1 - momentum) running + momentum * batch, for several batch-norms: a group each.</summary>
    /// <param name="places">(norm, <see cref="Places"/>): channels; where its means and variances start in the batch's statistics; where in the running ones.</param>
    /// <param name="factors">(norm, <see cref="Factors"/>): momentum; what the batch's variance is multiplied by.</param>
    /// <param name="batch">The batch's statistics.</param>
    /// <param name="running">The running ones.</param>
    public static void UpdateRunning(ArrayView<long> places, ArrayView<float> factors, ArrayView<float> batch, ArrayView<float> running)
    {
        var place = Grid.IdxX * Places;
        var (momentum, unbias) = (factors[Grid.IdxX * Factors], factors[(Grid.IdxX * Factors) + 1]);
        var (mean, variance, runningMean, runningVariance) = (places[place + 1], places[place + 2], places[place + 3], places[place + 4]);
        for (var c = Group.IdxX; c < places[place]; c += Group.DimX)
        {
            running[runningMean + c] = ((1 - momentum) * running[runningMean + c]) + (momentum * batch[mean + c]);
            running[runningVariance + c] = ((1 - momentum) * running[runningVariance + c]) + (momentum * unbias * batch[variance + c]);
        }
    }

    /// <summary>The sum of the parts at some elements.</summary>
    private static Quad Sum<TAccess>(SplitTensor tensor, long index)
        where TAccess : unmanaged, IAccess
    {
        var sum = Quad.All(0);
        for (var part = 0; part < tensor.Count; part++)
        {
            sum += TAccess.Load(tensor.Values, index);
            index += tensor.Length;
        }

        return sum;
    }

    private static void Add(ArrayView<float> shared, int place, int other) => Quads.Store(shared, place, Quads.Load(shared, place) + Quads.Load(shared, other));

    private static void Merge(ArrayView<float> shared, int place, int other)
    {
        var squares = 4 * GpuIndex.MaxGroup;
        var counts = 8 * GpuIndex.MaxGroup;
        var (ca, cb) = (shared[counts + (place / 4)], shared[counts + (other / 4)]);
        var (ma, mb) = (Quads.Load(shared, place), Quads.Load(shared, other));
        var (sa, sb) = (Quads.Load(shared, squares + place), Quads.Load(shared, squares + other));
        var x = new Moments(ca, ma.X, sa.X).With(new Moments(cb, mb.X, sb.X));
        var y = new Moments(ca, ma.Y, sa.Y).With(new Moments(cb, mb.Y, sb.Y));
        var z = new Moments(ca, ma.Z, sa.Z).With(new Moments(cb, mb.Z, sb.Z));
        var w = new Moments(ca, ma.W, sa.W).With(new Moments(cb, mb.W, sb.W));
        Quads.Store(shared, place, new Quad(x.Mean, y.Mean, z.Mean, w.Mean));
        Quads.Store(shared, squares + place, new Quad(x.Squares, y.Squares, z.Squares, w.Squares));
        shared[counts + (place / 4)] = x.Count;
    }
}
