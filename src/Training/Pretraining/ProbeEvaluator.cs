using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Evaluates an encoder in pretraining by a linear probe and by neighbours: both see labelled training images, and are asked about held-out ones.</summary>
internal sealed class ProbeEvaluator : IRunEvaluator
{
    private readonly Network _network;
    private readonly Execution _execution;
    private readonly DeviceImages _images;
    private readonly int[] _given;
    private readonly int[] _chosen;
    private readonly int _classes;
    private LinearProbe? _probe;
    private float[] _bank = [];
    private (float[] Features, int[] Labels) _latest = ([], []);

    /// <summary>Binds an evaluator.</summary>
    /// <param name="network">Encoder and projection.</param>
    /// <param name="plan">The encoder's plan of <see cref="ExecutionMode.Inference"/>; its parameters are the first of the network's.</param>
    /// <param name="workspace">Memory for it.</param>
    /// <param name="images">The training images.</param>
    /// <param name="data">Their labels and which of them train.</param>
    /// <param name="probeImages">How many of them the probe and the neighbours may see, 0 for all.</param>
    public ProbeEvaluator(Network network, ExecutionPlan plan, Workspace workspace, DeviceImages images, TrainingData data, int probeImages)
    {
        _network = network;
        _execution = new Execution(plan, workspace, network.Values, network.State);
        _images = images;
        _given = data.Given;
        _classes = data.Train.ClassNames.Count;
        var train = data.Split.Train;
        var count = probeImages == 0 ? train.Length : Math.Min(probeImages, train.Length);
        _chosen = [.. Enumerable.Range(0, count).Select(i => train[(int)((long)i * train.Length / count)])];
    }

    private int[] BankLabels => Array.ConvertAll(_chosen, i => _given[i]);

    /// <inheritdoc/>
    public void Prepare(CancellationToken cancel)
    {
        _bank = Read(_images, _chosen, cancel);
        _probe = LinearProbe.Fit(_network.Device, _bank, BankLabels, _classes, cancel);
    }

    /// <inheritdoc/>
    public Evaluation Run(DeviceImages images, int[] labels, int[] indices, CancellationToken cancel)
    {
        if (_probe is null)
            Prepare(cancel);
        _latest = (Read(images, indices, cancel), Array.ConvertAll(indices, i => labels[i]));
        return _probe!.Evaluate(_latest.Features, _latest.Labels);
    }

    /// <inheritdoc/>
    public double NeighbourAccuracy(CancellationToken cancel) =>
        NeighbourVote.Accuracy(_network.Device, _execution.Output.Shape.C, _bank, BankLabels, _latest.Features, _latest.Labels, cancel);

    /// <inheritdoc/>
    public void Dispose() => _execution.Dispose();

    private float[] Read(DeviceImages images, int[] indices, CancellationToken cancel)
    {
        var (n, features) = (_execution.Output.Shape.N, _execution.Output.Shape.C);
        var (all, rows) = (new float[(long)indices.Length * features], new float[n * features]);
        using var batches = images.Batches(new EvaluationOrder(indices, n));
        for (var first = 0; first < indices.Length; first += n)
        {
            cancel.ThrowIfCancellationRequested();
            batches.Move(first / n);
            batches.Load(_execution.Input);
            _execution.Forward();
            _execution.Output.View.CopyTo(rows);
            rows.AsSpan(0, Math.Min(n, indices.Length - first) * features).CopyTo(all.AsSpan(first * features));
        }

        return all;
    }
}
