using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>One linear head a fold, all trained together: their logits are one matrix product, their gradients another.</summary>
/// <remarks>Full-batch accelerated gradient (Nesterov 1983) in the metric of <see cref="Preconditioner"/>, which needs no learning rate. Sums run in a fixed order.</remarks>
internal sealed class HeadBatch : IDisposable
{
    private const int ChunkRows = 4096;
    private const int BlockRows = 256;

    private readonly Device _device;
    private readonly DeviceBuffer<float> _x;
    private readonly DeviceBuffer<float> _z;
    private readonly DeviceBuffer<float> _weights;
    private readonly DeviceBuffer<float> _gradient;
    private readonly DeviceBuffer<float> _inverse;
    private readonly DeviceBuffer<float> _step;
    private readonly Preconditioner _preconditioner;
    private readonly HeadTargets _targets;
    private readonly int[] _folds;
    private readonly int _n;
    private readonly int _d;
    private readonly int _heads;
    private readonly int _classes;

    /// <summary>Uploads features.</summary>
    /// <param name="device">The device.</param>
    /// <param name="x">Standardised features, (n, d), the last column ones.</param>
    /// <param name="labels">Given labels, [sample].</param>
    /// <param name="folds">The fold that holds each sample out, [sample].</param>
    /// <param name="heads">Folds.</param>
    /// <param name="classes">Classes.</param>
    public HeadBatch(Device device, float[] x, int[] labels, int[] folds, int heads, int classes)
    {
        (_device, _n, _d, _heads, _classes, _folds) = (device, labels.Length, x.Length / labels.Length, heads, classes, folds);
        _x = device.Allocate<float>(x.LongLength);
        _x.CopyFrom(x);
        _z = device.Allocate<float>((long)Math.Min(ChunkRows, _n) * Columns);
        _weights = device.Allocate<float>((long)_d * Columns);
        _gradient = device.Allocate<float>((long)_d * Columns);
        _step = device.Allocate<float>((long)_d * Columns);
        _inverse = device.Allocate<float>((long)_d * _d);
        _preconditioner = new Preconditioner(device, _x.View, _n, _d);
        _targets = new HeadTargets(heads, classes, labels, folds);
    }

    private int Columns => _heads * _classes;

    /// <summary>Trains from zero and predicts every sample with the head that held it out.</summary>
    /// <param name="penalty">Half the coefficient of the squared weights.</param>
    /// <param name="iterations">Iterations.</param>
    /// <param name="transition">T, (y, s), the same for all heads, or null for plain cross-entropy.</param>
    /// <param name="estimateFrom">Iteration from which T is re-estimated from the posteriors (expectation-maximisation); at least <paramref name="iterations"/> for never.</param>
    /// <returns>Probabilities of the true class (of the given one without T), (sample, class), and T, (y, s), the heads' mean.</returns>
    public (float[] Probabilities, double[] Transition) Fit(double penalty, int iterations, double[]? transition, int estimateFrom)
    {
        var share = (_heads - 1.0) / _heads;
        _inverse.CopyFrom(_preconditioner.Inverse(penalty, share));
        var t = transition is null ? [] : Enumerable.Repeat(transition, _heads).SelectMany(m => m).ToArray();
        var (w, v) = (new float[_d * Columns], new float[_d * Columns]);
        var momentum = 1.0;
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var counts = Gradient(v, t, iteration >= estimateFrom);
            if (counts.Length > 0)
                t = Normalize(counts);
            var step = Step(v, penalty, 1 / (share * _n));
            var next = (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            var beta = (float)((momentum - 1) / next);
            for (var i = 0; i < w.Length; i++)
            {
                var moved = v[i] - step[i];
                v[i] = moved + (beta * (moved - w[i]));
                w[i] = moved;
            }

            momentum = next;
        }

        return (Predict(w), Mean(t));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _x.Dispose();
        _z.Dispose();
        _weights.Dispose();
        _gradient.Dispose();
        _inverse.Dispose();
        _step.Dispose();
    }

    /// <summary>Leaves the gradient's sum over the samples on the device; returns sums of the posteriors where they are asked for.</summary>
    private double[] Gradient(float[] weights, double[] transition, bool count)
    {
        _weights.CopyFrom(weights);
        var cells = count ? _heads * _classes * _classes : 0;
        var counts = new double[cells];
        for (var first = 0; first < _n; first += ChunkRows)
        {
            var z = Logits(first);
            var rows = z.Length / Columns;
            var blocks = new double[(rows + BlockRows - 1) / BlockRows][];
            Parallel.For(0, blocks.Length, b =>
            {
                blocks[b] = new double[cells];
                _targets.Apply(first + (b * BlockRows), z.AsSpan(b * BlockRows * Columns, Math.Min(BlockRows, rows - (b * BlockRows)) * Columns), transition, blocks[b]);
            });
            foreach (var block in blocks)
            {
                for (var i = 0; i < cells; i++)
                    counts[i] += block[i];
            }

            _z.CopyFrom(z);
            _device.Matrix.Multiply(
                _d, Columns, rows, 1, _x.View.Slice((long)first * _d, (long)rows * _d), true, _z.View.Slice(0, z.Length), false, first == 0 ? 0 : 1, _gradient.View);
        }

        return counts;
    }

    private float[] Logits(int first)
    {
        var rows = Math.Min(ChunkRows, _n - first);
        var z = _z.View.Slice(0, (long)rows * Columns);
        _device.Matrix.Multiply(rows, Columns, _d, 1, _x.View.Slice((long)first * _d, (long)rows * _d), false, _weights.View, false, 0, z);
        return z.ToArray();
    }

    private float[] Step(float[] weights, double penalty, double scale)
    {
        var gradient = _gradient.View.ToArray();
        for (var i = 0; i < gradient.Length; i++)
            gradient[i] = (float)((gradient[i] * scale) + (i / Columns == _d - 1 ? 0 : penalty * weights[i]));
        _gradient.CopyFrom(gradient);
        _device.Matrix.Multiply(_d, Columns, _d, 1, _inverse.View, false, _gradient.View, false, 0, _step.View);
        return _step.View.ToArray();
    }

    private float[] Predict(float[] weights)
    {
        _weights.CopyFrom(weights);
        var probabilities = new float[_n * _classes];
        for (var first = 0; first < _n; first += ChunkRows)
        {
            var z = Logits(first);
            for (var r = 0; r < z.Length / Columns; r++)
            {
                var target = probabilities.AsSpan((first + r) * _classes, _classes);
                z.AsSpan(((r * _heads) + _folds[first + r]) * _classes, _classes).CopyTo(target);
                HeadTargets.SoftMax(target);
            }
        }

        return probabilities;
    }

    private double[] Normalize(double[] counts)
    {
        for (var row = 0; row < counts.Length; row += _classes)
        {
            var sum = counts.AsSpan(row, _classes).ToArray().Sum();
            for (var s = 0; s < _classes; s++)
                counts[row + s] = sum > 0 ? counts[row + s] / sum : (row / _classes % _classes) == s ? 1 : 0;
        }

        return counts;
    }

    private double[] Mean(double[] transition)
    {
        var cells = _classes * _classes;
        return transition.Length == 0 ? [] : [.. Enumerable.Range(0, cells).Select(i => Enumerable.Range(0, _heads).Sum(h => transition[(h * cells) + i]) / _heads)];
    }
}
