using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Graphs;

/// <summary>Whole steps of the networks people use.</summary>
public sealed class TrainingStepTests
{
    private const int Classes = 10;
    private const int WarmUp = 60;
    private const int Measured = 5;

    [Theory]
    [InlineData("resnet18", 32, true, 16)]
    [InlineData("resnet50", 32, true, 16)]
    [InlineData("resnet50", 224, false, 2)]
    public void LossFallsOnOneBatch(string architecture, int size, bool cifarStem, int batch)
    {
        using var step = new Step(architecture, size, cifarStem, batch, threads: 0);
        var first = step.Take();
        var last = first;
        for (var i = 0; i < 4; i++)
            last = step.Take();
        Assert.True(last < first && float.IsFinite(last), $"{first} to {last}");
    }

    [Fact]
    public void ASteadyStateStepAllocatesNothing()
    {
        using var step = new Step("resnet20", 32, true, 8, threads: 1);

        // The runtime itself allocates while methods are compiled a second time, around their thirtieth call.
        for (var i = 0; i < WarmUp; i++)
            step.Run();
        var device = step.Device.AllocatedBytes;
        var managed = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Measured; i++)
            step.Run();
        managed = GC.GetAllocatedBytesForCurrentThread() - managed;
        Assert.Equal(0, managed);
        Assert.Equal(device, step.Device.AllocatedBytes);
    }

    [Fact]
    public void ParametersDoNotDependOnTheNumberOfThreads()
    {
        float[]? expected = null;
        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var step = new Step("resnet20", 32, true, 8, threads);
            for (var i = 0; i < 3; i++)
                step.Take();
            var values = step.Network.Values.All.ToArray();
            expected ??= values;
            Assert.Equal(expected, values);
        }
    }

    private sealed class Step : IDisposable
    {
        private readonly Optimizer _optimizer;
        private readonly Workspace _workspace;
        private readonly FineTune _method;
        private readonly StepBatch _batch;
        private readonly StepOutputs _outputs;
        private readonly DeviceBuffer<float> _floats;
        private readonly DeviceBuffer<int> _integers;
        private readonly int _n;
        private long _step;

        public Step(string architecture, int size, bool cifarStem, int batch, int threads)
        {
            _n = batch;
            Device = new HostDevice(threads);
            var random = new Philox(3, 3);
            Network = new Network(Device, ResNetBuilder.Random(Architecture.Find(architecture), size, cifarStem, random.NextGaussian).AddLinear(Classes));
            _optimizer = OptimizerRegistry.Create("sgd", Device, Network.Values, Network.Gradients, new OptimizerOptions(0));
            var plan = Network.Plan(batch, ExecutionMode.Training);
            _workspace = new Workspace(Device, plan);
            _method = new FineTune(Network, LossRegistry.Create("ce"), _optimizer, plan, _workspace);
            var pixels = (long)batch * size * size * 3;
            _floats = Device.Allocate<float>(pixels + (2 * batch) + StepOutputs.SlotLength);
            _floats.CopyFrom([.. Enumerable.Range(0, (int)pixels).Select(_ => (float)random.NextDouble())]);
            _integers = Device.Allocate<int>(2 * batch);
            _integers.CopyFrom([.. Enumerable.Range(0, batch).Select(i => i % Classes)]);
            var images = _floats.View.Slice(0, pixels);
            _batch = new StepBatch(input => Device.Elementwise.Copy(images, input), _integers.View.Slice(0, batch));
            _outputs = new StepOutputs(
                _floats.View.Slice(pixels, batch), _floats.View.Slice(pixels + batch, batch), _integers.View.Slice(batch, batch), _floats.View.Slice(pixels + (2 * batch), StepOutputs.SlotLength));
        }

        public Device Device { get; }

        public Network Network { get; }

        public void Run() => _method.Step(_step++, 0.001, _batch, default, _outputs);

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
            Device.Dispose();
        }
    }
}
