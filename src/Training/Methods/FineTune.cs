using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Plain training: theta by the gradient of the mean loss over the batch.</summary>
public sealed class FineTune : TrainingMethod
{
    private readonly Network _network;
    private readonly Loss _loss;
    private readonly Optimizer _optimizer;
    private readonly Execution _execution;
    private readonly int _n;

    /// <summary>Binds the method.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="optimizer">The optimizer over the network's parameters.</param>
    /// <param name="plan">A plan of <see cref="ExecutionMode.Training"/>.</param>
    /// <param name="workspace">Memory for it.</param>
    public FineTune(Network network, Loss loss, Optimizer optimizer, ExecutionPlan plan, Workspace workspace)
    {
        _network = network;
        _loss = loss;
        _optimizer = optimizer;
        _execution = new Execution(plan, workspace, network.Values, network.State, network.Gradients);
        _n = _execution.Input.Shape.N;
    }

    /// <inheritdoc/>
    public override void Step(long step, double rate, StepBatch train, StepBatch meta, StepOutputs outputs)
    {
        var device = _network.Device;
        train.LoadInto(_execution.Input);
        _execution.Forward();
        _loss.Forward(device, _n, _network.Classes, _execution.Output, train.Labels, outputs.Losses, outputs.Predictions);
        device.Losses.Summarize(_n, outputs.Losses, default, outputs.Predictions, train.Labels, outputs.Slot);
        _loss.Backward(device, _n, _network.Classes, _execution.Output, train.Labels, default, 1f / _n, _execution.OutputGradient);
        _execution.Backward();
        _execution.UpdateRunningStatistics();
        _optimizer.Step(rate);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _execution.Dispose();
}
