using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Stochastic gradient descent with momentum, as PyTorch defines it: v = mu v + g (v = g at the first step), theta -= lr v, or lr (g + mu v) with Nesterov.</summary>
public sealed class SgdOptimizer : Optimizer
{
    private readonly ParameterBuffer _velocity;
    private readonly float _momentum;
    private readonly bool _nesterov;

    /// <summary>Binds the optimizer to parameters.</summary>
    public SgdOptimizer(Device device, ParameterBuffer values, ParameterBuffer gradients, Func<string, float> decay, float momentum, bool nesterov = false)
        : base(device, values, gradients, decay)
    {
        _velocity = new ParameterBuffer(device, values.Layout);
        _momentum = momentum;
        _nesterov = nesterov;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, ParameterBuffer Buffer)> Moments => [("velocity", _velocity)];

    /// <inheritdoc/>
    protected override void Update(float rate) => Device.Optimizers.Sgd(Values.All, Gradients.All, _velocity.All, Decay, rate, _momentum, _nesterov, Steps == 0);
}
