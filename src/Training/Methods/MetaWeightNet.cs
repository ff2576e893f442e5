using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Meta-Weight-Net (Shu et al., NeurIPS 2019) with the exact unrolled meta-gradient by one forward-mode pass.</summary>
/// <remarks>theta' = theta - alpha grad (1/n) sum w_i l_i(theta); u = grad L_meta(theta'); dL_meta/dw_i = -(alpha/n) times the derivative of l_i at theta
/// along u. No double backward and no finite differences; batch-norm couples the samples and is differentiated as such.</remarks>
public sealed class MetaWeightNet : TrainingMethod
{
    private readonly Network _network;
    private readonly Loss _loss;
    private readonly Loss _metaLoss;
    private readonly Optimizer _optimizer;
    private readonly MetaWeightNetOptions _options;
    private readonly ParameterBuffer _virtual;
    private readonly Execution _train;
    private readonly Execution _meta;
    private readonly DeviceBuffer<float> _perSample;
    private readonly DeviceBuffer<float> _metaLosses;
    private readonly int _n;
    private readonly int _m;

    /// <summary>Binds the method.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The training loss.</param>
    /// <param name="metaLoss">The loss on the clean batch.</param>
    /// <param name="optimizer">The optimizer over the network's parameters.</param>
    /// <param name="weightNet">The weighting network.</param>
    /// <param name="options">Options.</param>
    /// <param name="train">The noisy batch's plan: <see cref="TrainMode"/>.</param>
    /// <param name="trainMemory">Its memory.</param>
    /// <param name="meta">The clean batch's plan, of <see cref="ExecutionMode.Training"/>.</param>
    /// <param name="metaMemory">Its memory; the same as <paramref name="trainMemory"/> where activations are recomputed.</param>
    public MetaWeightNet(
        Network network, Loss loss, Loss metaLoss, Optimizer optimizer, WeightNet weightNet, MetaWeightNetOptions options,
        ExecutionPlan train, Workspace trainMemory, ExecutionPlan meta, Workspace metaMemory)
    {
        _network = network;
        _loss = loss;
        _metaLoss = metaLoss;
        _optimizer = optimizer;
        WeightNet = weightNet;
        _options = options;
        _virtual = new ParameterBuffer(network.Device, network.Model.Parameters);

        // One buffer holds the training gradient, then u, then the real gradient: each is done with before the next.
        _train = new Execution(train, trainMemory, network.Values, network.State, network.Gradients, network.Gradients);
        _meta = new Execution(meta, metaMemory, _virtual, network.State, network.Gradients);
        _n = _train.Input.Shape.N;
        _m = _meta.Input.Shape.N;
        _perSample = network.Device.Allocate<float>(3 * Pad(_n));
        _metaLosses = network.Device.Allocate<float>(_m);
    }

    /// <summary>The weighting network.</summary>
    public WeightNet WeightNet { get; }

    /// <summary>The plan mode for the noisy batch.</summary>
    public static ExecutionMode TrainMode(MetaWeightNetOptions options) => options.KeepActivations ? ExecutionMode.KeptActivations : ExecutionMode.InterleavedTangents;

    /// <inheritdoc/>
    public override bool NeedsMetaBatch(long step) => step % _options.MetaEvery == 0;

    /// <inheritdoc/>
    public override void Step(long step, double rate, StepBatch train, StepBatch meta, StepOutputs outputs)
    {
        var device = _network.Device;
        train.LoadInto(_train.Input);
        _train.Forward();
        _loss.Forward(device, _n, _network.Classes, _train.Output, train.Labels, outputs.Losses, outputs.Predictions);
        if (NeedsMetaBatch(step))
            LearnWeights(rate, train, meta, outputs);

        var weights = Weigh(outputs);
        device.Losses.Summarize(_n, outputs.Losses, outputs.Weights, outputs.Predictions, train.Labels, outputs.Slot);
        Backward(train, weights);
        _train.UpdateRunningStatistics();
        _optimizer.Step(rate);
    }

    /// <summary>Steps 1 to 5: leaves Phi updated and the training batch's activations in place.</summary>
    private void LearnWeights(double rate, StepBatch train, StepBatch meta, StepOutputs outputs)
    {
        var device = _network.Device;
        var alpha = (float)(_options.InnerRate ?? rate);

        // The virtual step.
        var weights = Weigh(outputs);
        Backward(train, weights);
        device.Elementwise.AddScaled(_network.Values.All, -alpha, _network.Gradients.All, _virtual.All);

        // u = grad L_meta(theta').
        meta.LoadInto(_meta.Input);
        _meta.Forward();
        _metaLoss.Forward(device, _m, _network.Classes, _meta.Output, meta.Labels, _metaLosses.View, default);
        device.Elementwise.Dot(_metaLosses.View, default, outputs.MetaLoss);
        _metaLoss.Backward(device, _m, _network.Classes, _meta.Output, meta.Labels, default, 1f / _m, _meta.OutputGradient);
        _meta.Backward();

        // dL_meta/dw_i = -(alpha/n) <u, grad l_i>: the tangent pass along u. Normalised weights have their 1/n inside.
        if (_options.KeepActivations)
        {
            _train.Tangents();
        }
        else
        {
            train.LoadInto(_train.Input);
            _train.ForwardWithTangents();
        }

        var tangents = PerSample(1);
        _loss.Jvp(device, _n, _network.Classes, _train.Output, train.Labels, _train.OutputTangent, tangents);
        var (dweights, scale) = (tangents, -alpha / _n);
        if (_options.NormalizeWeights)
        {
            (dweights, scale) = (PerSample(2), -alpha);
            device.WeightNet.NormalizeBackward(_n, outputs.Weights, weights, tangents, dweights);
        }

        WeightNet.Backward(_n, outputs.Losses, dweights, scale);
        WeightNet.Optimizer.Step(_options.MetaRate);
    }

    /// <summary>Weights of the batch: outputs.Weights = V(l), and what multiplies the losses.</summary>
    private DeviceView<float> Weigh(StepOutputs outputs)
    {
        WeightNet.Forward(_n, outputs.Losses, outputs.Weights);
        if (!_options.NormalizeWeights)
            return outputs.Weights;
        _network.Device.WeightNet.Normalize(_n, outputs.Weights, PerSample(0));
        return PerSample(0);
    }

    private void Backward(StepBatch train, DeviceView<float> weights)
    {
        var device = _network.Device;
        var scale = _options.NormalizeWeights ? 1f : 1f / _n;
        _loss.Backward(device, _n, _network.Classes, _train.Output, train.Labels, weights, scale, _train.OutputGradient);
        _train.Backward();
    }

    private DeviceView<float> PerSample(int index) => new(_perSample, index * Pad(_n), _n);

    private static long Pad(int n) => (n + 15L) / 16 * 16;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _train.Dispose();
        _meta.Dispose();
        _virtual.Dispose();
        _perSample.Dispose();
        _metaLosses.Dispose();
    }
}
