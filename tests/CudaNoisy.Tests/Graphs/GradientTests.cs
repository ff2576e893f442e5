using CudaNoisy.Runtime;
using CudaNoisy.Tests.OpChecks;

namespace CudaNoisy.Tests.Graphs;

/// <summary>Backward passes that set the parameters' gradients, beside passes that add to zeros.</summary>
public sealed class GradientTests
{
    private const int N = 2;
    private const int Channels = 4;

    [Theory]
    [MemberData(nameof(TestDevices.All), MemberType = typeof(TestDevices))]
    public void OverwritingIsAddingToZeros(string id)
    {
        var device = TestDevices.Get(id);
        var model = Build();
        using var values = new ParameterBuffer(device, model.Parameters);
        using var gradients = new ParameterBuffer(device, model.Parameters);
        using var state = new ParameterBuffer(device, model.State);
        values.Load(model.ParameterValues);
        var plan = ExecutionPlan.Create(model.Graph, model.Input with { N = N }, ExecutionMode.Training, device.GathersNormalizations);
        using var workspace = new Workspace(device, plan);
        using var execution = new Execution(plan, workspace, values, state, gradients);
        float[] Gradients(float before, bool accumulate)
        {
            device.Elementwise.Fill(gradients.All, before);
            execution.Input.View.CopyFrom(Near.Normal(100, execution.Input.Shape.Length));
            execution.Forward();
            execution.OutputGradient.View.CopyFrom(Near.Normal(101, execution.OutputGradient.Shape.Length));
            execution.Backward(accumulate);
            return [.. Enumerable.Range(0, model.Parameters.Slices.Count).SelectMany(i => gradients[i].ToArray())];
        }

        var added = Gradients(0, true);
        Assert.Equal(added, Gradients(7, false));
        Assert.All(added, v => Assert.NotEqual(0, v));
    }

    /// <summary>A convolution and a batch-norm, then two linear layers that share their parameters.</summary>
    private static Model Build()
    {
        var model = new ModelBuilder("shared");
        var x = model.SetInput(new Shape(1, 4, 4, 3));
        var shared = model.AddParameter("linear", [Channels, Channels], ParameterKind.Transposed, Near.Normal(1, Channels * Channels));
        var bias = model.AddParameter("bias", [Channels], ParameterKind.Plain, Near.Normal(2, Channels));
        x = model.Add(
            new Conv2d
            {
                Name = "conv",
                Weight = model.AddParameter("conv", [Channels, 3, 3, 3], ParameterKind.Filter, Near.Normal(3, Channels * 27)),
                InputChannels = 3,
                OutputChannels = Channels,
                Filter = (3, 3),
                Pad = (1, 1, 1, 1),
            },
            x);
        x = model.Add(
            new BatchNorm
            {
                Name = "bn",
                Channels = Channels,
                Gamma = model.AddParameter("bn.weight", [Channels], ParameterKind.Plain, Near.Normal(4, Channels)),
                Beta = model.AddParameter("bn.bias", [Channels], ParameterKind.Plain, Near.Normal(5, Channels)),
                RunningMean = model.AddState("bn.mean", [Channels], new float[Channels]),
                RunningVariance = model.AddState("bn.variance", [Channels], new float[Channels]),
                Epsilon = 1e-5f,
            },
            x);
        x = model.Add(new Relu { Name = "relu" }, x);
        x = model.Add(new Flatten { Name = "rows" }, model.Add(new GlobalAveragePool { Name = "pool" }, x));
        for (var i = 0; i < 2; i++)
            x = model.Add(new Linear { Name = "linear" + i, Weight = shared, Bias = bias, Inputs = Channels, Outputs = Channels }, x);
        return model.Build(x);
    }
}
