using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A linear classifier on features of an encoder that stays as it is: the usual measure of what pretraining has learnt. Deterministic.</summary>
/// <remarks>Features are standardised; cross-entropy, Adam with a cosine schedule from zero weights, long enough that it has converged: on 60,000 rows the accuracy
/// is within 0.1% of logistic regression by a second-order method; four epochs lost 1.4%.</remarks>
internal sealed class LinearProbe
{
    private const int Epochs = 170;
    private const int FewestIterations = 1000;
    private const int MostRows = 1024;
    private const double Rate = 0.1;
    private const ulong Stream = 0x5052;
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly double[] _mean;
    private readonly double[] _inverse;
    private readonly int _features;

    private LinearProbe(int features, double[] mean, double[] inverse, float[] weights, float[] bias)
    {
        _features = features;
        _mean = mean;
        _inverse = inverse;
        _weights = weights;
        _bias = bias;
    }

    /// <summary>Fits a probe.</summary>
    /// <param name="device">The device.</param>
    /// <param name="x">Features, (n,features).</param>
    /// <param name="labels">Labels, n.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="cancel">Stops between batches.</param>
    public static LinearProbe Fit(Device device, float[] x, int[] labels, int classes, CancellationToken cancel)
    {
        var features = x.Length / labels.Length;
        var batch = Math.Min(MostRows, labels.Length);
        var (mean, inverse) = Moments(x, features);
        using var network = new Network(device, Heads.Features(features).AddLinear(classes));
        using var optimizer = OptimizerRegistry.Create("adam", device, network.Values, network.Gradients, new OptimizerOptions(0));
        var plan = network.Plan(batch, ExecutionMode.Training);
        using var workspace = new Workspace(device, plan);
        using var method = new FineTune(network, LossRegistry.Create("ce"), optimizer, plan, workspace);
        using var log = new StepLog(device, 1, batch);
        using var rows = device.Allocate<float>(x.Length);
        using var given = device.Allocate<int>(labels.Length);
        using var integers = device.Allocate<int>(2L * batch);
        rows.CopyFrom(Standardize(x, mean, inverse));
        given.CopyFrom(labels);
        var iterations = Math.Max(FewestIterations, (int)((long)Epochs * labels.Length / batch));
        var schedule = ScheduleRegistry.Create("warmup-anneal", new ScheduleOptions(Rate, iterations));
        var sampler = new Sampler([.. Enumerable.Range(0, labels.Length)], batch, 0, Stream, augment: false);
        var indices = new int[batch];
        var (chosen, batchLabels) = (integers.View.Slice(0, batch), integers.View.Slice(batch, batch));
        for (var step = 0; step < iterations; step++)
        {
            cancel.ThrowIfCancellationRequested();
            sampler.Fill(step, indices, []);
            chosen.CopyFrom(indices);
            device.Batches.GatherLabels(batch, given.View, chosen, batchLabels);
            var load = new StepBatch(input => device.Batches.GatherRows(batch, features, rows.View, chosen, input), batchLabels);
            method.Step(step, schedule.Rate(step), load, default, log.Next(step, indices));
            log.Read(false);
        }

        var values = network.Values.Save();
        return new LinearProbe(features, mean, inverse, values[0], values[1]);
    }

    /// <summary>Classifies features.</summary>
    /// <param name="x">Features, (n,features).</param>
    /// <param name="labels">Labels, n.</param>
    public Evaluation Evaluate(float[] x, int[] labels)
    {
        var (predictions, probabilities, losses) = (new int[labels.Length], new float[labels.Length], new float[labels.Length]);
        Parallel.For(0, labels.Length, i =>
        {
            var z = Logits(x.AsSpan(i * _features, _features));
            var best = Array.IndexOf(z, z.Max());
            var sum = z.Sum(v => Math.Exp(v - z[best]));
            (predictions[i], probabilities[i]) = (best, (float)(1 / sum));
            losses[i] = labels[i] < 0 ? float.NaN : (float)(Math.Log(sum) + z[best] - z[labels[i]]);
        });
        return new Evaluation(predictions, probabilities, losses, labels);
    }

    private static (double[] Mean, double[] Inverse) Moments(float[] x, int features)
    {
        var n = x.Length / features;
        var (mean, inverse) = (new double[features], new double[features]);
        for (var i = 0; i < x.Length; i++)
            mean[i % features] += (double)x[i] / n;
        for (var i = 0; i < x.Length; i++)
            inverse[i % features] += (x[i] - mean[i % features]) * (x[i] - mean[i % features]) / n;
        return (mean, Array.ConvertAll(inverse, v => v > 0 ? 1 / Math.Sqrt(v) : 0));
    }

    private static float[] Standardize(float[] x, double[] mean, double[] inverse)
    {
        var y = new float[x.Length];
        for (var i = 0; i < x.Length; i++)
            y[i] = (float)((x[i] - mean[i % mean.Length]) * inverse[i % mean.Length]);
        return y;
    }

    private double[] Logits(ReadOnlySpan<float> x)
    {
        var z = Array.ConvertAll(_bias, v => (double)v);
        for (var c = 0; c < x.Length; c++)
        {
            var value = (x[c] - _mean[c]) * _inverse[c];
            for (var k = 0; k < z.Length; k++)
                z[k] += value * _weights[(k * _features) + c];
        }

        return z;
    }
}
