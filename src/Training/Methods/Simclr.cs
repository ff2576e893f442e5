using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Contrastive pretraining (Chen et al., ICML 2020): two views an image, encoder and projection, NT-Xent. Labels play no part in it.</summary>
/// <remarks>A batch that is too large for one pass is taken in chunks: all are embedded, the loss and its gradient by the embeddings are those of the whole batch, and every chunk is embedded
/// once more to be differentiated (Gao et al., RepL4NLP 2021). Batch statistics are a chunk's.</remarks>
public sealed class Simclr : TrainingMethod
{
    private readonly Network _network;
    private readonly Optimizer _optimizer;
    private readonly Execution _execution;
    private readonly BatchFeed _feed;
    private readonly ContrastiveLoss _loss;
    private readonly DeviceBuffer<float> _embeddings;
    private readonly DeviceBuffer<float> _gradient;
    private readonly DeviceBuffer<int> _rows;
    private readonly int _fixed;
    private readonly int _n;
    private readonly int _chunks;

    /// <summary>Binds the method.</summary>
    /// <param name="network">Encoder and projection.</param>
    /// <param name="optimizer">The optimizer over the network's parameters.</param>
    /// <param name="temperature">The loss's temperature.</param>
    /// <param name="n">Views a step.</param>
    /// <param name="feed">The views.</param>
    /// <param name="plan">A plan of <see cref="ExecutionMode.Training"/> for a chunk of views, which divides n.</param>
    /// <param name="workspace">Memory for it.</param>
    public Simclr(Network network, Optimizer optimizer, double temperature, int n, BatchFeed feed, ExecutionPlan plan, Workspace workspace)
    {
        _network = network;
        _optimizer = optimizer;
        _feed = feed;
        _n = n;
        _execution = new Execution(plan, workspace, network.Values, network.State, network.Gradients);
        _chunks = n / _execution.Input.Shape.N;
        var length = network.Model.Output.C;
        _loss = new ContrastiveLoss(network.Device, n, length, temperature);
        _embeddings = network.Device.Allocate<float>(_chunks > 1 ? (long)n * length : 0);
        _gradient = network.Device.Allocate<float>(_chunks > 1 ? (long)n * length : 0);
        _rows = network.Device.Allocate<int>(2L * n);
        _rows.CopyFrom([.. Enumerable.Range(0, n).Select(i => (i + (n / 2)) % n)]);
        _fixed = network.Model.Parameters.IndexOf(ProjectionHead.FixedBias);
    }

    private DeviceView<int> Partners => _rows.View.Slice(0, _n);

    private DeviceView<int> Nearest => _rows.View.Slice(_n, _n);

    /// <inheritdoc/>
    /// <remarks>Predictions are the given labels of the most similar views of other images or of the same one; the slot counts views whose most similar one is their partner.</remarks>
    public override void Step(long step, double rate, StepBatch train, StepBatch meta, StepOutputs outputs)
    {
        var device = _network.Device;
        for (var chunk = 0; chunk < _chunks; chunk++)
        {
            _feed.Load(_execution.Input, chunk);
            _execution.Forward();
            if (_chunks > 1)
                device.Elementwise.Copy(_execution.Output, Chunk(_embeddings, chunk));
        }

        _loss.Forward(_chunks > 1 ? _embeddings.View : _execution.Output, outputs.Losses, Nearest);
        device.Losses.Summarize(_n, outputs.Losses, default, Nearest, Partners, outputs.Slot);
        device.Batches.GatherLabels(_n, train.Labels, Nearest, outputs.Predictions);
        if (_chunks == 1)
            BackwardWhole();
        else
            BackwardChunks(device);
        if (_fixed >= 0)
            device.Elementwise.Fill(_network.Gradients[_fixed], 0);
        _optimizer.Step(rate);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _execution.Dispose();
        _loss.Dispose();
        _embeddings.Dispose();
        _gradient.Dispose();
        _rows.Dispose();
    }

    private void BackwardWhole()
    {
        _loss.Backward(_execution.OutputGradient);
        _execution.Backward();
        _execution.UpdateRunningStatistics();
    }

    private void BackwardChunks(Device device)
    {
        _loss.Backward(_gradient.View);
        for (var chunk = 0; chunk < _chunks; chunk++)
        {
            _feed.Load(_execution.Input, chunk);
            _execution.Forward();
            device.Elementwise.Copy(Chunk(_gradient, chunk), _execution.OutputGradient);
            _execution.Backward(accumulate: chunk > 0);
            _execution.UpdateRunningStatistics();
        }
    }

    private DeviceView<float> Chunk(DeviceBuffer<float> buffer, int chunk)
    {
        var length = buffer.Length / _chunks;
        return buffer.View.Slice(chunk * length, length);
    }
}
