using CudaNoisy.Runtime;
using CudaNoisy.Tests.OpChecks;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Methods;

/// <summary>The meta-gradient of the product against central differences of the whole virtual step in double precision.</summary>
public sealed class MetaGradientTests
{
    /// <summary>Relative to the largest entry.</summary>
    private const double Tolerance = 1e-5;

    private const int N = 6;
    private const int M = 5;
    private const int Hidden = 4;
    private const double Alpha = 0.5;
    private const double Difference = 1e-5;

    public static TheoryData<string, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, bool>();
            foreach (var normalize in new[] { false, true })
            {
                foreach (var keep in new[] { false, true })
                    cases.Add("host", normalize, keep);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheWeightingNetworksGradientIsThatOfTheUnrolledStep(string id, bool normalize, bool keep)
    {
        var device = TestDevices.Get(id);
        var theta = Near.Normal(1, SmallNetwork.Length);
        var (x, meta) = (Near.Normal(2, N * 16 * SmallNetwork.C), Near.Normal(3, M * 16 * SmallNetwork.C));
        int[] labels = [0, 1, 2, 1, 0, 2];
        int[] metaLabels = [2, 2, 1, 0, 1];
        var phi = Near.Normal(4, (3 * Hidden) + 1);

        double MetaLoss(double[] p)
        {
            var exact = Array.ConvertAll(theta, v => (double)v);
            var images = Array.ConvertAll(x, v => (double)v);
            var losses = SmallNetwork.Evaluate(exact, images, labels, new double[N]).Losses;
            var weights = losses.Select(l => 1 / (1 + Math.Exp(-(p[3 * Hidden] + Enumerable.Range(0, Hidden).Sum(j => Math.Max(0, (p[j] * l) + p[Hidden + j]) * p[(2 * Hidden) + j]))))).ToArray();
            var scale = normalize ? 1 / weights.Sum() : 1.0 / N;
            var gradient = SmallNetwork.Evaluate(exact, images, labels, [.. weights.Select(w => w * scale)]).Gradient;
            var stepped = exact.Select((v, i) => v - (Alpha * gradient[i])).ToArray();
            return SmallNetwork.Evaluate(stepped, Array.ConvertAll(meta, v => (double)v), metaLabels, new double[M]).Losses.Average();
        }

        var expected = new double[phi.Length];
        for (var i = 0; i < phi.Length; i++)
        {
            var (up, down) = (Array.ConvertAll(phi, v => (double)v), Array.ConvertAll(phi, v => (double)v));
            up[i] += Difference;
            down[i] -= Difference;
            expected[i] = (MetaLoss(up) - MetaLoss(down)) / (2 * Difference);
        }

        var actual = ProductGradient(device, theta, x, labels, meta, metaLabels, phi, normalize, keep);
        var largest = expected.Max(Math.Abs);
        Assert.True(largest > 0);
        for (var i = 0; i < phi.Length; i++)
            Assert.True(Math.Abs(actual[i] - expected[i]) <= Tolerance * largest, $"Phi {i}: expected {expected[i]:R}, got {actual[i]:R}, largest {largest:R}");
    }

    private static float[] ProductGradient(Device device, float[] theta, float[] x, int[] labels, float[] meta, int[] metaLabels, float[] phi, bool normalize, bool keep)
    {
        using var network = new Network(device, Build(theta));
        using var optimizer = OptimizerRegistry.Create("sgd", device, network.Values, network.Gradients, new OptimizerOptions(0));
        using var weightNet = new WeightNet(device, Hidden);
        for (var slice = 0; slice < 4; slice++)
            weightNet.Phi.SetOnnx(slice, phi.AsSpan(slice * Hidden, slice < 3 ? Hidden : 1));
        var options = new MetaWeightNetOptions { InnerRate = Alpha, Hidden = Hidden, NormalizeWeights = normalize, KeepActivations = keep };
        var (train, clean) = (network.Plan(N, MetaWeightNet.TrainMode(options)), network.Plan(M, ExecutionMode.Training));
        using var memory = new Workspace(device, train, clean);
        using var metaMemory = new Workspace(device, clean);
        var loss = LossRegistry.Create("ce");
        using var method = new MetaWeightNet(network, loss, loss, optimizer, weightNet, options, train, memory, clean, keep ? metaMemory : memory);
        var (images, clear) = (Near.Upload<float>(device, x), Near.Upload<float>(device, meta));
        var floats = Near.Upload<float>(device, new float[(2 * N) + StepOutputs.SlotLength]);
        method.Step(
            0, 0.01,
            new StepBatch(input => device.Elementwise.Copy(images, input), Near.Upload<int>(device, labels)),
            new StepBatch(input => device.Elementwise.Copy(clear, input), Near.Upload<int>(device, metaLabels)),
            new StepOutputs(floats.Slice(0, N), floats.Slice(N, N), Near.Upload<int>(device, new int[N]), floats.Slice(2 * N, StepOutputs.SlotLength)));
        return [.. Enumerable.Range(0, 4).SelectMany(weightNet.Gradients.GetOnnx)];
    }

    private static Model Build(float[] theta)
    {
        var model = new ModelBuilder("small");
        var value = model.SetInput(new Shape(1, SmallNetwork.Size, SmallNetwork.Size, SmallNetwork.C));
        value = model.Add(
            new Conv2d
            {
                Name = "conv",
                Weight = model.AddParameter("conv.weight", [SmallNetwork.K, SmallNetwork.C, 3, 3], ParameterKind.Filter, theta[..SmallNetwork.Gamma]),
                InputChannels = SmallNetwork.C,
                OutputChannels = SmallNetwork.K,
                Filter = (3, 3),
                Pad = (1, 1, 1, 1),
            },
            value);
        value = model.Add(
            new BatchNorm
            {
                Name = "bn",
                Channels = SmallNetwork.K,
                Gamma = model.AddParameter("bn.weight", [SmallNetwork.K], ParameterKind.Plain, theta[SmallNetwork.Gamma..SmallNetwork.Beta]),
                Beta = model.AddParameter("bn.bias", [SmallNetwork.K], ParameterKind.Plain, theta[SmallNetwork.Beta..SmallNetwork.Weight]),
                RunningMean = model.AddState("bn.running_mean", [SmallNetwork.K], new float[SmallNetwork.K]),
                RunningVariance = model.AddState("bn.running_var", [SmallNetwork.K], new float[SmallNetwork.K]),
                Epsilon = (float)SmallNetwork.Epsilon,
            },
            value);
        value = model.Add(new Relu { Name = "relu" }, value);
        value = model.Add(new GlobalAveragePool { Name = "pool" }, value);
        value = model.Add(new Flatten { Name = "rows" }, value);
        var network = model.Build(value).AddLinear(SmallNetwork.Classes);
        network.ParameterValues[network.Parameters.IndexOf("linear_layer.weight")] = theta[SmallNetwork.Weight..SmallNetwork.Bias];
        network.ParameterValues[network.Parameters.IndexOf("linear_layer.bias")] = theta[SmallNetwork.Bias..];
        return network;
    }
}
