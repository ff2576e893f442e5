using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>LARS (You et al. 2017): momentum SGD whose rate is scaled per tensor by trust |theta| / (|g| + wd |theta|); batch-norm parameters and biases are not scaled.</summary>
public sealed class LarsOptimizer : Optimizer
{
    private const float Trust = 0.001f;
    private readonly ParameterBuffer _velocity;
    private readonly DeviceBuffer<int> _slices;
    private readonly DeviceBuffer<float> _adapt;
    private readonly float _momentum;

    /// <summary>Binds the optimizer to parameters.</summary>
    public LarsOptimizer(Device device, ParameterBuffer values, ParameterBuffer gradients, Func<string, float> decay, float momentum)
        : base(device, values, gradients, decay)
    {
        _velocity = new ParameterBuffer(device, values.Layout);
        _momentum = momentum;
        var slices = values.Layout.Slices;
        _slices = device.Allocate<int>(2 * slices.Count);
        _slices.CopyFrom([.. slices.SelectMany(s => new[] { (int)(s.Offset / ParameterLayout.Alignment), (s.Length + ParameterLayout.Alignment - 1) / ParameterLayout.Alignment })]);
        _adapt = device.Allocate<float>(slices.Count);
        _adapt.CopyFrom([.. slices.Select(s => WeightDecay.IsExempt(s.Name, exemptBias: true) ? 0f : 1f)]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, ParameterBuffer Buffer)> Moments => [("velocity", _velocity)];

    /// <inheritdoc/>
    protected override void Update(float rate) =>
        Device.Optimizers.Lars(Values.All, Gradients.All, _velocity.All, Decay, _slices.View, _adapt.View, rate, _momentum, Trust);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _slices.Dispose();
        _adapt.Dispose();
    }
}
