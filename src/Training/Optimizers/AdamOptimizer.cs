using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Adam (Kingma and Ba 2015) as PyTorch defines it: betas 0.9 and 0.999, epsilon 1e-8, weight decay added to the gradient.</summary>
public sealed class AdamOptimizer : Optimizer
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;
    private readonly ParameterBuffer _first;
    private readonly ParameterBuffer _second;

    /// <summary>Binds the optimizer to parameters.</summary>
    public AdamOptimizer(Device device, ParameterBuffer values, ParameterBuffer gradients, Func<string, float> decay)
        : base(device, values, gradients, decay)
    {
        _first = new ParameterBuffer(device, values.Layout);
        _second = new ParameterBuffer(device, values.Layout);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, ParameterBuffer Buffer)> Moments => [("first_moment", _first), ("second_moment", _second)];

    /// <inheritdoc/>
    protected override void Update(float rate) =>
        Device.Optimizers.Adam(Values.All, Gradients.All, _first.All, _second.All, Decay, rate, Beta1, Beta2, Epsilon, checked((int)Steps + 1));
}
