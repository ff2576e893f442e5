using CudaNoisy.Runtime;
using CudaNoisy.Tests.OpChecks;

namespace CudaNoisy.Tests.Graphs;

/// <summary>A network of residual blocks whose batch-norms are worked out where convolutions gather them, beside the same network with everything written to memory, on the same device.</summary>
public sealed class GatheredNormsTests
{
    /// <summary>A few layers of sums of up to 72 terms, in float32.</summary>
    private const double Rounding = 1000;

    private const int N = 3;
    private const int Size = 6;

    /// <summary>The simulated device; the emulated or real one as well, where there is one.</summary>
    public static TheoryData<string, ExecutionMode> Cases
    {
        get
        {
            var cases = new TheoryData<string, ExecutionMode>();
            foreach (var id in TestDevices.Ids.Where(id => id is IlgpuDevice.CpuId or "cuda-fp32"))
            {
                foreach (var mode in new[] { ExecutionMode.Training, ExecutionMode.KeptActivations, ExecutionMode.InterleavedTangents })
                    cases.Add(id, mode);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PassesAreThoseOfTheWrittenBatchNorms(string id, ExecutionMode mode)
    {
        var device = TestDevices.Get(id);
        var written = Run(device, mode, false);
        var gathered = Run(device, mode, true);
        Assert.Equal(written.Select(r => r.Name), gathered.Select(r => r.Name));
        foreach (var (expected, actual) in written.Zip(gathered))
        {
            Assert.True(expected.Values.Any(v => v != 0), $"{expected.Name}: zeros");
            Near.Scaled(Rounding, [.. expected.Values.Select(v => (double)v)], actual.Values);
        }
    }

    [Fact]
    public void WhatIsGatheredNeedsNoMemory()
    {
        var model = Build();
        var shape = model.Input with { N = N };
        foreach (var mode in new[] { ExecutionMode.Training, ExecutionMode.KeptActivations, ExecutionMode.InterleavedTangents })
            Assert.True(ExecutionPlan.Create(model.Graph, shape, mode, true).FloatLength < ExecutionPlan.Create(model.Graph, shape, mode).FloatLength);
        Assert.Equal(ExecutionPlan.Create(model.Graph, shape, ExecutionMode.Inference).FloatLength, ExecutionPlan.Create(model.Graph, shape, ExecutionMode.Inference, true).FloatLength);
    }

    [Fact]
    public void OutputsOfOneConvolutionAndCotangentsOfTheConvolutionInFrontAreGathered()
    {
        var graph = Build().Graph;
        var gathered = GatheredNorms.Of(graph, graph.DependsOnParameters());
        string Names(Func<int, bool> which) => string.Join(' ', Enumerable.Range(0, graph.Nodes.Count).Where(which).Select(i => graph.Nodes[i].Op.Name));

        // The stem's input has three channels, but two convolutions that can gather read its output; one of the two that the first block adds is gathered there.
        Assert.Equal("stem.bn a.bn1 a.bn2 a.bn3 b.bn1 b.bn2", Names(gathered.Output));

        // The last block adds what its only convolution reads.
        Assert.Equal("a.bn1 a.bn2 a.bn3 a.bn4 b.bn1 b.bn2 b.bn3", Names(gathered.InputCotangent));
    }

    private static List<(string Name, float[] Values)> Run(Device device, ExecutionMode mode, bool gathers)
    {
        var model = Build();
        using var values = new ParameterBuffer(device, model.Parameters);
        using var gradients = new ParameterBuffer(device, model.Parameters);
        using var tangents = new ParameterBuffer(device, model.Parameters);
        using var state = new ParameterBuffer(device, model.State);
        values.Load(model.ParameterValues);
        state.Load(model.StateValues);
        tangents.Load([.. model.ParameterValues.Select((p, i) => Near.Normal(200 + i, p.Length))]);
        var plan = ExecutionPlan.Create(model.Graph, model.Input with { N = N }, mode, gathers);
        using var workspace = new Workspace(device, plan);
        using var execution = new Execution(plan, workspace, values, state, gradients, tangents);
        execution.Input.View.CopyFrom(Near.Normal(100, execution.Input.Shape.Length));
        if (mode == ExecutionMode.InterleavedTangents)
            execution.ForwardWithTangents();
        else
            execution.Forward();
        var results = new List<(string, float[])> { ("output", execution.Output.View.ToArray()) };
        if (mode == ExecutionMode.InterleavedTangents)
            results.Add(("tangent", execution.OutputTangent.View.ToArray()));

        // Kept activations allow a second backward pass, and tangents after it.
        for (var pass = 0; pass < (mode == ExecutionMode.KeptActivations ? 2 : 1); pass++)
        {
            execution.OutputGradient.View.CopyFrom(Near.Normal(101, execution.OutputGradient.Shape.Length));
            execution.Backward(accumulate: pass > 0);
        }

        results.AddRange(model.Parameters.Slices.Select((slice, i) => (slice.Name, gradients[i].ToArray())));
        if (mode == ExecutionMode.KeptActivations)
        {
            execution.Tangents();
            results.Add(("tangent", execution.OutputTangent.View.ToArray()));
        }

        execution.UpdateRunningStatistics();
        results.AddRange(model.State.Slices.Select((slice, i) => (slice.Name, state[i].ToArray())));
        return results;
    }

    private static Model Build()
    {
        var model = new ModelBuilder("blocks");
        var x = model.SetInput(new Shape(1, Size, Size, 3));
        x = Relu(model, Norm(model, Convolve(model, x, "stem", 8, 3, 1), "stem.bn"), "stem");

        // A projection shortcut, an identity, and a block of one convolution.
        var y = Relu(model, Norm(model, Convolve(model, x, "a.conv1", 4, 1, 1), "a.bn1"), "a.1");
        y = Relu(model, Norm(model, Convolve(model, y, "a.conv2", 4, 3, 2), "a.bn2"), "a.2");
        y = Norm(model, Convolve(model, y, "a.conv3", 8, 1, 1), "a.bn3");
        x = Relu(model, model.Add(new Add { Name = "a.add" }, y, Norm(model, Convolve(model, x, "a.conv4", 8, 1, 2), "a.bn4")), "a");
        y = Relu(model, Norm(model, Convolve(model, x, "b.conv1", 4, 1, 1), "b.bn1"), "b.1");
        y = Relu(model, Norm(model, Convolve(model, y, "b.conv2", 4, 3, 1), "b.bn2"), "b.2");
        y = Norm(model, Convolve(model, y, "b.conv3", 8, 1, 1), "b.bn3");
        x = Relu(model, model.Add(new Add { Name = "b.add" }, y, x), "b");
        y = Norm(model, Convolve(model, x, "c.conv", 8, 3, 1), "c.bn");
        x = Relu(model, model.Add(new Add { Name = "c.add" }, y, x), "c");
        x = model.Add(new GlobalAveragePool { Name = "pool" }, x);
        return model.Build(model.Add(new Flatten { Name = "rows" }, x));
    }

    private static int Convolve(ModelBuilder model, int x, string name, int outputs, int filter, int stride)
    {
        var (inputs, pad) = (model.ShapeOf(x).C, filter / 2);
        var scale = MathF.Sqrt(2f / (inputs * filter * filter));
        return model.Add(
            new Conv2d
            {
                Name = name,
                Weight = model.AddParameter(
                    name, [outputs, inputs, filter, filter], ParameterKind.Filter, [.. Near.Normal(model.Parameters.Slices.Count, outputs * inputs * filter * filter).Select(v => v * scale)]),
                InputChannels = inputs,
                OutputChannels = outputs,
                Filter = (filter, filter),
                Stride = (stride, stride),
                Pad = (pad, pad, pad, pad),
            },
            x);
    }

    private static int Norm(ModelBuilder model, int x, string name)
    {
        var channels = model.ShapeOf(x).C;
        float[] Drawn(float mean) => [.. Near.Normal(model.Parameters.Slices.Count, channels).Select(v => mean + (0.3f * v))];
        return model.Add(
            new BatchNorm
            {
                Name = name,
                Channels = channels,
                Gamma = model.AddParameter(name + ".weight", [channels], ParameterKind.Plain, Drawn(1)),
                Beta = model.AddParameter(name + ".bias", [channels], ParameterKind.Plain, Drawn(0)),
                RunningMean = model.AddState(name + ".mean", [channels], new float[channels]),
                RunningVariance = model.AddState(name + ".variance", [channels], new float[channels]),
                Epsilon = 1e-5f,
            },
            x);
    }

    private static int Relu(ModelBuilder model, int x, string name) => model.Add(new Relu { Name = name + ".relu" }, x);
}
