using CudaNoisy.Runtime;
using CudaNoisy.Tests.Graphs;
using CudaNoisy.Tests.OpChecks;
using Xunit.Abstractions;

namespace CudaNoisy.Tests.EndToEnd;

/// <summary>Whole training steps on CUDA beside the same on the host. Differences are written to the test's output.</summary>
public sealed class EndToEndOnCuda(ITestOutputHelper output)
{
    /// <summary>Steps of the quickstart: the first is launched one by one, the second captured in a graph, the others replay it.</summary>
    private const int QuickstartSteps = 20;

    /// <summary>Relative error of the ResNet-18 step's loss, which moves smoothly: 1.8e-6 on an emulated device.</summary>
    private const double LossTolerance = 3e-6;

    /// <summary>Each gradient's largest difference, against its largest entry: 1.4e-5 on an emulated device; the host's larger layers go through Winograd transforms.</summary>
    private const double GradientTolerance = 1e-4;

    /// <summary>The loss in TF32, whose operands are off by up to 2^-11 = 4.9e-4: 1.8e-4 on an emulated device.</summary>
    private const double Tf32LossTolerance = 1e-3;

    /// <summary>The norm of each gradient's difference in TF32, against the gradient's norm; a gradient of zeros is off by 1.</summary>
    /// <remarks>Roundings of 2^-11 move many masks, so single entries differ by up to 0.6 of the largest; the norms by up to 0.16 on an emulated device.</remarks>
    private const double Tf32GradientTolerance = 0.3;

    /// <summary>Relative error of each loss of the quickstart: five units in the last place.</summary>
    /// <remarks>1.05e-7 is the largest of 20 steps of 8 or of 100 images on an emulated device: one unit, without growth; the rate is still warming up. What training changes
    /// is far larger: these losses lie between 1.13 and 1.26.</remarks>
    private const double QuickstartTolerance = 5e-7;

    [SkippableFact]
    public void ResNet18StepOnCudaIsTheHosts()
    {
        Skip.IfNot(DeviceFactory.HasCuda, "skipped: no CUDA device");
        using var host = ResNet18Step("host", out var expected);
        using var cuda = ResNet18Step("cuda-fp32", out var loss);
        AssertNear("loss", Math.Abs(loss - expected) / expected, LossTolerance);
        AssertGradients(host, cuda, LargestDifference, GradientTolerance);
    }

    [SkippableFact]
    public void ResNet18StepInTf32OnCudaIsNearTheHosts()
    {
        Skip.IfNot(DeviceFactory.HasCuda, "skipped: no CUDA device");
        using var host = ResNet18Step("host", out var expected);
        using var cuda = ResNet18Step("cuda", out var loss);
        AssertNear("loss", Math.Abs(loss - expected) / expected, Tf32LossTolerance);
        AssertGradients(host, cuda, NormOfDifference, Tf32GradientTolerance);
    }

    /// <summary>The recipe with 8 images a step instead of 100, for an emulated device.</summary>
    [SkippableFact]
    public void SmallQuickstartOnCudaFollowsTheHost() => QuickstartFollows(("batch_size", "8"));

    /// <summary>The recipe as it is.</summary>
    [SkippableFact]
    public void WholeQuickstartOnCudaFollowsTheHost() => QuickstartFollows();

    private static OneBatchStep ResNet18Step(string device, out double loss)
    {
        var step = new OneBatchStep(TestDevices.Get(device), "resnet18", size: 32, cifarStem: true, batch: 2, exactMasks: true);
        loss = step.Take();
        return step;
    }

    private static double LargestDifference(float[] expected, float[] actual) =>
        expected.Zip(actual, (e, a) => Math.Abs((double)e - a)).Max() / expected.Max(Math.Abs);

    private static double NormOfDifference(float[] expected, float[] actual) =>
        Math.Sqrt(expected.Zip(actual, (e, a) => ((double)e - a) * ((double)e - a)).Sum() / expected.Sum(e => (double)e * e));

    private void QuickstartFollows(params (string Option, string Value)[] changes)
    {
        Skip.IfNot(DeviceFactory.HasCuda, "skipped: no CUDA device");
        var expected = FirstSteps.Losses("quickstart", QuickstartSteps, [.. changes, ("device", "host")]);
        var actual = FirstSteps.Losses("quickstart", QuickstartSteps, [.. changes, ("device", "cuda"), ("precision", "fp32")]);
        Assert.Equal((QuickstartSteps, QuickstartSteps), (expected.Count, actual.Count));
        for (var step = 0; step < QuickstartSteps; step++)
            AssertNear($"step {step + 1} loss {expected[step]:F6}", Math.Abs(actual[step] - expected[step]) / expected[step], QuickstartTolerance);
    }

    private void AssertGradients(OneBatchStep expected, OneBatchStep actual, Func<float[], float[], double> difference, double tolerance)
    {
        var (host, cuda) = (expected.Network.Gradients, actual.Network.Gradients);
        for (var i = 0; i < host.Layout.Slices.Count; i++)
            AssertNear(host.Layout.Slices[i].Name, difference(host.GetOnnx(i), cuda.GetOnnx(i)), tolerance);
    }

    private void AssertNear(string what, double difference, double tolerance)
    {
        output.WriteLine($"{what}: {difference:E2}");
        Assert.True(difference <= tolerance, $"{what}: a relative difference of at most {tolerance:E2} expected, {difference:E2} came");
    }
}
