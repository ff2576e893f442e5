using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Pretraining;

/// <summary>Steps of contrastive pretraining on a small network.</summary>
public sealed class SimclrTests
{
    private const int Size = 8;
    private const int Images = 24;
    private const int Batch = 12;

    /// <summary>Without batch-norms chunks are no approximation.</summary>
    [Fact]
    public void ChunksHaveTheGradientOfTheWholeBatch()
    {
        var whole = Train(Plain(), 1, 1, 2).Parameters;
        var start = Plain().ParameterValues.SelectMany(v => v).ToArray();
        foreach (var chunks in new[] { 2, 3, 4 })
        {
            var values = Train(Plain(), chunks, 1, 2).Parameters;
            for (var i = 0; i < values.Length; i++)
                Assert.True(Math.Abs(values[i] - whole[i]) < 2e-5 * (Math.Abs(whole[i]) + 0.01), $"parameter {i}: {whole[i]} for the whole batch, {values[i]} for {chunks} chunks");
        }

        Assert.True(start.Zip(whole).Max(p => Math.Abs(p.First - p.Second)) > 1e-3);
    }

    [Fact]
    public void TheLossFallsAndTheLastBiasStaysZero()
    {
        var (parameters, losses) = Train(Projected(), 1, 2, 60);
        Assert.True(losses[^10..].Average() < losses[..10].Average() - 0.1, $"{losses[..10].Average()} to {losses[^10..].Average()}");
        Assert.All(parameters, v => Assert.True(float.IsFinite(v)));
        var model = Projected();
        using var device = new HostDevice(2);
        using var network = new Network(device, model);
        var bias = model.Parameters.Slices[model.Parameters.IndexOf(ProjectionHead.FixedBias)];
        Assert.All(parameters.AsSpan((int)bias.Offset, bias.Length).ToArray(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void StepsDoNotDependOnTheNumberOfThreads()
    {
        var one = Train(Projected(), 2, 1, 3).Parameters;
        Assert.Equal(one, Train(Projected(), 2, 2, 3).Parameters);
        Assert.Equal(one, Train(Projected(), 2, 3, 3).Parameters);
    }

    [Fact]
    public void AProbeSeparatesWhatIsSeparable()
    {
        using var device = new HostDevice(2);
        var (x, labels) = Clusters(300, 1);
        var (held, heldLabels) = Clusters(200, 2);
        var probe = LinearProbe.Fit(device, x, labels, 3, default);
        Assert.True(probe.Evaluate(held, heldLabels).Accuracy > 0.97);
        var neighbours = NeighbourVote.Accuracy(device, 4, x, labels, held, heldLabels, default);
        Assert.True(neighbours > 0.97, $"{neighbours}");
        Assert.Equal(Vote(x, labels, held, heldLabels), neighbours);
    }

    /// <summary>Two convolutions' worth of nothing that couples images: a convolution, ReLU, pooling, a linear layer.</summary>
    private static Model Plain()
    {
        var random = new Philox(3, 1);
        var model = new ModelBuilder("plain");
        float[] Draw(int n) => [.. Enumerable.Range(0, n).Select(_ => (float)(0.3 * random.NextGaussian()))];
        var x = model.SetInput(new Shape(1, Size, Size, 3));
        x = model.Add(
            new Conv2d
            {
                Name = "conv",
                Weight = model.AddParameter("conv.weight", [6, 3, 3, 3], ParameterKind.Filter, Draw(162)),
                InputChannels = 3,
                OutputChannels = 6,
                Filter = (3, 3),
                Stride = (1, 1),
                Pad = (1, 1, 1, 1),
            },
            x);
        x = model.Add(new Flatten { Name = "rows" }, model.Add(new GlobalAveragePool { Name = "pool" }, model.Add(new Relu { Name = "relu" }, x)));
        return model.Build(model.Add(
            new Linear { Name = "fc", Weight = model.AddParameter("fc.weight", [5, 6], ParameterKind.Transposed, Draw(30)), Inputs = 6, Outputs = 5 }, x));
    }

    private static Model Projected() => Plain().AddProjection(0, 8, new Philox(4, 1).NextGaussian);

    private static (float[] Parameters, double[] Losses) Train(Model model, int chunks, int threads, int steps)
    {
        var pixels = new byte[Images * Size * Size * 3];
        new Random(9).NextBytes(pixels);
        using var device = new HostDevice(threads);
        using var network = new Network(device, model);
        using var optimizer = OptimizerRegistry.Create("sgd", device, network.Values, network.Gradients, new OptimizerOptions(0));
        using var images = DeviceImages.Create(device, new MemoryPixels(pixels, Size, Size, 3), PixelScale.Unit, workers: 1);
        using var feed = new BatchFeed(device, images, new int[Images], new PairOrder([.. Enumerable.Range(0, Images)], Batch, new ViewRecipe(0.5, 0.5), 1, 1));
        var plan = network.Plan(2 * Batch / chunks, ExecutionMode.Training);
        using var workspace = new Workspace(device, plan);
        using var method = new Simclr(network, optimizer, 0.5, 2 * Batch, feed, plan, workspace);
        using var log = new StepLog(device, steps, 2 * Batch);
        for (var step = 0; step < steps; step++)
            method.Step(step, 0.05, feed.Next(step), default, log.Next(step, feed.Indices));
        return (network.Values.All.ToArray(), [.. log.Read(false).Select(s => (double)s.Loss)]);
    }

    private static (float[] X, int[] Labels) Clusters(int n, int seed)
    {
        var noise = OpChecks.Near.Normal(seed, 4L * n);
        var labels = Enumerable.Range(0, n).Select(i => i % 3).ToArray();
        float[][] centres = [[5, 0, 1, 0], [0, 5, 0, 1], [-4, -4, 3, 3]];
        return ([.. noise.Select((v, i) => centres[labels[i / 4]][i % 4] + v)], labels);
    }

    private static double Vote(float[] x, int[] labels, float[] queries, int[] expected)
    {
        double Cosine(int i, int j)
        {
            var (a, b) = (queries[(4 * i)..((4 * i) + 4)], x[(4 * j)..((4 * j) + 4)]);
            return a.Zip(b).Sum(p => (double)p.First * p.Second) / Math.Sqrt(a.Sum(v => (double)v * v) * b.Sum(v => (double)v * v));
        }

        return expected.Select((label, i) => Enumerable.Range(0, labels.Length).OrderByDescending(j => Cosine(i, j)).Take(20)
            .GroupBy(j => labels[j]).MaxBy(g => g.Sum(j => Math.Exp((Cosine(i, j) - 1) / 0.1)))!.Key == label ? 1.0 : 0).Average();
    }
}
