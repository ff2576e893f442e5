using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>The weighting network's parameters, gradient and optimizer: V(l; Phi), Linear(1,h), ReLU, Linear(h,1), sigmoid.</summary>
/// <remarks>Shu et al., NeurIPS 2019. SGD with Nesterov momentum 0.9 and weight decay 1e-4. Initialised like PyTorch's linear layers: uniform in +-1/sqrt(inputs).</remarks>
public sealed class WeightNet : IDisposable
{
    /// <summary>Weight decay of Phi.</summary>
    public const double Decay = 1e-4;

    private const float Momentum = 0.9f;
    private readonly Device _device;

    /// <summary>A weighting network of <paramref name="hidden"/> hidden units with zero parameters; set them with <see cref="Initialize"/> or through <see cref="Phi"/>.</summary>
    public WeightNet(Device device, int hidden)
    {
        _device = device;
        Hidden = hidden;
        var layout = new ParameterLayout();
        layout.Add("linear1.weight", [hidden, 1], ParameterKind.Plain);
        layout.Add("linear1.bias", [hidden], ParameterKind.Plain);
        layout.Add("linear2.weight", [1, hidden], ParameterKind.Plain);
        layout.Add("linear2.bias", [1], ParameterKind.Plain);
        Phi = new ParameterBuffer(device, layout);
        Gradients = new ParameterBuffer(device, layout);
        Optimizer = new SgdOptimizer(device, Phi, Gradients, WeightDecay.Everywhere(Decay), Momentum, nesterov: true);
    }

    /// <summary>Hidden units.</summary>
    public int Hidden { get; }

    /// <summary>The parameters.</summary>
    public ParameterBuffer Phi { get; }

    /// <summary>Their gradients.</summary>
    public ParameterBuffer Gradients { get; }

    /// <summary>Their optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Draws the parameters: both layers uniform in +-1/sqrt(inputs), like PyTorch's.</summary>
    public void Initialize(Philox random)
    {
        var second = 1 / MathF.Sqrt(Hidden);
        float[] bounds = [1, 1, second, second];
        for (var slice = 0; slice < bounds.Length; slice++)
        {
            var values = new float[Phi.Layout.Slices[slice].Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)(((2 * random.NextDouble()) - 1) * bounds[slice]);
            Phi.SetOnnx(slice, values);
        }
    }

    /// <summary>weights[i] = V(losses[i]).</summary>
    public void Forward(int n, DeviceView<float> losses, DeviceView<float> weights) => _device.WeightNet.Forward(n, Hidden, Phi.All, losses, weights);

    /// <summary>V at some losses.</summary>
    public float[] Values(float[] losses)
    {
        using var input = _device.Allocate<float>(losses.Length);
        using var output = _device.Allocate<float>(losses.Length);
        input.CopyFrom(losses);
        Forward(losses.Length, input.View, output.View);
        return output.View.ToArray();
    }

    /// <summary>Sets the gradient: sum of scale * dweights[i] * dV(losses[i])/dPhi.</summary>
    public void Backward(int n, DeviceView<float> losses, DeviceView<float> dweights, float scale)
    {
        _device.Elementwise.Fill(Gradients.All, 0);
        _device.WeightNet.Backward(n, Hidden, Phi.All, losses, dweights, scale, Gradients.All);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Phi.Dispose();
        Gradients.Dispose();
        Optimizer.Dispose();
    }
}
