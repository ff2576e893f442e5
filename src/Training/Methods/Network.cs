using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A model on a device: its parameters, their gradients and its running statistics.</summary>
public sealed class Network : IDisposable
{
    /// <summary>Puts a model on a device.</summary>
    public Network(Device device, Model model)
    {
        Device = device;
        Model = model;
        Values = new ParameterBuffer(device, model.Parameters);
        State = new ParameterBuffer(device, model.State);
        Gradients = new ParameterBuffer(device, model.Parameters);
        Values.Load(model.ParameterValues);
        State.Load(model.StateValues);
    }

    /// <summary>The device.</summary>
    public Device Device { get; }

    /// <summary>The model as it was loaded; <see cref="ToModel"/> gives it with the present values.</summary>
    public Model Model { get; }

    /// <summary>Classes: the output's features.</summary>
    public int Classes => Model.Output.C;

    /// <summary>The parameters.</summary>
    public ParameterBuffer Values { get; }

    /// <summary>The parameters' gradients.</summary>
    public ParameterBuffer Gradients { get; }

    /// <summary>Running statistics.</summary>
    public ParameterBuffer State { get; }

    /// <summary>The model with the present values.</summary>
    public Model ToModel() => Model.WithValues(Values.Save(), State.Save());

    /// <summary>Plans passes for a batch of <paramref name="n"/> images.</summary>
    public ExecutionPlan Plan(int n, ExecutionMode mode) => ExecutionPlan.Create(Model.Graph, Model.Input with { N = n }, mode, Device.GathersNormalizations);

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        Gradients.Dispose();
        State.Dispose();
    }
}
