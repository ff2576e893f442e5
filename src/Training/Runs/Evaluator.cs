using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Runs a network in evaluation mode over sets of images.</summary>
public sealed class Evaluator : IRunEvaluator
{
    private readonly Network _network;
    private readonly Execution _execution;
    private readonly DeviceBuffer<int> _integers;
    private readonly DeviceBuffer<float> _floats;
    private readonly Loss _loss = LossRegistry.Create("ce");
    private readonly int _n;

    /// <summary>Binds an evaluator.</summary>
    /// <param name="network">The network.</param>
    /// <param name="plan">A plan of <see cref="ExecutionMode.Inference"/>.</param>
    /// <param name="workspace">Memory for it; may be the training steps'.</param>
    public Evaluator(Network network, ExecutionPlan plan, Workspace workspace)
    {
        _network = network;
        _execution = new Execution(plan, workspace, network.Values, network.State);
        _n = _execution.Input.Shape.N;
        _integers = network.Device.Allocate<int>(2L * _n);
        _floats = network.Device.Allocate<float>((1L + network.Classes) * _n);
    }

    /// <summary>Evaluates some images of a set.</summary>
    /// <param name="images">The set.</param>
    /// <param name="labels">One label an image of the set.</param>
    /// <param name="indices">The images.</param>
    /// <param name="cancel">Stops between batches.</param>
    public Evaluation Run(DeviceImages images, int[] labels, int[] indices, CancellationToken cancel = default)
    {
        var device = _network.Device;
        var classes = _network.Classes;
        var (predictions, losses, probabilities) = (new int[indices.Length], new float[indices.Length], new float[indices.Length]);
        var (batchLabels, predicted) = (_integers.View.Slice(0, _n), _integers.View.Slice(_n, _n));
        var (loss, softmax) = (_floats.View.Slice(0, _n), _floats.View.Slice(_n, (long)classes * _n));
        var (padded, rows) = (new int[_n], new float[classes * _n]);
        using var batches = images.Batches(new EvaluationOrder(indices, _n));
        for (var first = 0; first < indices.Length; first += _n)
        {
            cancel.ThrowIfCancellationRequested();
            var count = Math.Min(_n, indices.Length - first);
            batches.Move(first / _n);
            batches.Load(_execution.Input);
            batchLabels.CopyFrom(Array.ConvertAll(batches.Indices, i => labels[i]));
            _execution.Forward();
            _loss.Forward(device, _n, classes, _execution.Output, batchLabels, loss, predicted);
            device.Losses.Softmax(_n, classes, _execution.Output, softmax);
            predicted.CopyTo(padded);
            softmax.CopyTo(rows);
            Array.Copy(padded, 0, predictions, first, count);
            loss.ToArray().AsSpan(0, count).CopyTo(losses.AsSpan(first));
            for (var i = 0; i < count; i++)
                probabilities[first + i] = rows[(i * classes) + padded[i]];
        }

        return new Evaluation(predictions, probabilities, losses, Array.ConvertAll(indices, i => labels[i]));
    }

    /// <inheritdoc/>
    void IRunEvaluator.Prepare(CancellationToken cancel)
    {
    }

    /// <inheritdoc/>
    double IRunEvaluator.NeighbourAccuracy(CancellationToken cancel) => double.NaN;

    /// <inheritdoc/>
    public void Dispose()
    {
        _execution.Dispose();
        _integers.Dispose();
        _floats.Dispose();
    }
}
