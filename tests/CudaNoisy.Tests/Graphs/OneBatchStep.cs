using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Graphs;

/// <summary>Training steps of a randomly drawn network on one batch, both the same whatever the device.</summary>
public sealed class OneBatchStep : IDisposable
{
    private const int Classes = 10;
    private const double Rate = 0.001;

    private readonly Optimizer _optimizer;
    private readonly Workspace _workspace;
    private readonly FineTune _method;
    private readonly StepBatch _batch;
    private readonly StepOutputs _outputs;
    private readonly DeviceBuffer<float> _floats;
    private readonly DeviceBuffer<int> _integers;
    private readonly int _n;
    private long _step;

    /// <summary>Draws the network and the batch.</summary>
    /// <param name="device">The caller's to dispose.</param>
    /// <param name="architecture">The encoder's name; a drawn linear layer follows it.</param>
    /// <param name="size">Height and width of the images.</param>
    /// <param name="cifarStem">Whether the stem keeps the images' size.</param>
    /// <param name="batch">Images.</param>
    /// <param name="exactMasks">Whether <see cref="ReluTies"/> are moved away, so that gradients may be compared between devices.</param>
    public OneBatchStep(Device device, string architecture, int size, bool cifarStem, int batch, bool exactMasks = false)
    {
        _n = batch;
        var random = new Philox(3, 3);
        var model = WithHead(ResNetBuilder.Random(Architecture.Find(architecture), size, cifarStem, random.NextGaussian), random);
        var pixels = (long)batch * size * size * 3;
        float[] drawn = [.. Enumerable.Range(0, (int)pixels).Select(_ => (float)random.NextDouble())];
        if (exactMasks)
            ReluTies.MoveAway(model, drawn, batch);
        Network = new Network(device, model);
        _optimizer = OptimizerRegistry.Create("sgd", device, Network.Values, Network.Gradients, new OptimizerOptions(0));
        var plan = Network.Plan(batch, ExecutionMode.Training);
        _workspace = new Workspace(device, plan);
        _method = new FineTune(Network, LossRegistry.Create("ce"), _optimizer, plan, _workspace);
        _floats = device.Allocate<float>(pixels + (2 * batch) + StepOutputs.SlotLength);
        _floats.View.Slice(0, pixels).CopyFrom(drawn);
        _integers = device.Allocate<int>(2 * batch);
        _integers.CopyFrom([.. Enumerable.Range(0, batch).Select(i => i % Classes)]);
        var images = _floats.View.Slice(0, pixels);
        _batch = new StepBatch(input => device.Elementwise.Copy(images, input), _integers.View.Slice(0, batch));
        _outputs = new StepOutputs(
            _floats.View.Slice(pixels, batch), _floats.View.Slice(pixels + batch, batch), _integers.View.Slice(batch, batch), _floats.View.Slice(pixels + (2 * batch), StepOutputs.SlotLength));
    }

    public Network Network { get; }

    /// <summary>Takes a step; the gradients of it stay in the network.</summary>
    public void Run() => _method.Step(_step++, Rate, _batch, default, _outputs);

    /// <summary>Takes a step; returns its mean loss.</summary>
    public float Take()
    {
        Run();
        return _outputs.Slot.ToArray()[0] / _n;
    }

    public void Dispose()
    {
        _method.Dispose();
        _optimizer.Dispose();
        Network.Dispose();
        _workspace.Dispose();
        _floats.Dispose();
        _integers.Dispose();
    }

    /// <summary>A head of zeros, as fine-tuning starts from, would make the first loss and the encoder's first gradient independent of the encoder.</summary>
    private static Model WithHead(Model encoder, Philox random)
    {
        var model = encoder.AddLinear(Classes);
        var weight = model.ParameterValues[model.Parameters.IndexOf("linear_layer.weight")];
        var deviation = Math.Sqrt((double)Classes / weight.Length);
        for (var i = 0; i < weight.Length; i++)
            weight[i] = (float)(random.NextGaussian() * deviation);
        return model;
    }
}
