using CudaNoisy.Runtime;
using CudaNoisy.Tests.OpChecks;

namespace CudaNoisy.Tests.Golden;

/// <summary>Every step of the reference's runs on the host, and of some on CUDA.</summary>
public sealed class GoldenChecks
{
    /// <summary>Relative error of a step's loss; two PyTorch versions differ by 4e-5.</summary>
    private const double LossTolerance = 2e-4;

    /// <summary>The first step's: nothing has accumulated yet.</summary>
    private const double FirstLossTolerance = 1e-5;

    /// <summary>First-step gradients against each tensor's largest entry; two PyTorch versions differ by 3e-6.</summary>
    private const double GradientTolerance = 1e-4;

    /// <summary>Parameters and running statistics after the last step; two PyTorch versions differ by 2e-4.</summary>
    private const double FinalTolerance = 1e-3;

    /// <summary>Losses of Meta-Weight-Net; two PyTorch versions differ by 1.7e-4.</summary>
    private const double MetaLossTolerance = 1e-3;

    /// <summary>Mean weights; two PyTorch versions differ by 4.3e-5.</summary>
    private const double WeightTolerance = 5e-4;

    /// <summary>The weighting network's first gradient; two PyTorch versions differ by 4.4e-5.</summary>
    private const double WeightNetGradientTolerance = 5e-4;

    /// <summary>Rates are printed with 16 digits.</summary>
    private const double RateTolerance = 1e-12;

    public static TheoryData<string, string> FineTuneRuns => Runs("ce", "qloss_0.66", "qloss_0.5", "mae", "ce_adam", "ce_linear", "ce_step");

    /// <summary>Every step of these; the others' first step.</summary>
    public static TheoryData<string, string> FineTuneRunsOnCuda => Runs("ce", "qloss_0.66");

    public static TheoryData<string, string> MetaRunsOnCuda => Runs("mwnet_ce");

    public static TheoryData<string, string> FirstStepRunsOnCuda => Runs("qloss_0.5", "mae", "ce_adam", "ce_linear", "ce_step");

    public static TheoryData<string, string> MetaRuns => Runs("mwnet_ce", "mwnet_mae");

    [SkippableTheory]
    [MemberData(nameof(FineTuneRuns))]
    public void FineTuneFollowsTheReference(string path, string run) => FineTuneFollows(path, run, "host");

    [SkippableTheory]
    [MemberData(nameof(FineTuneRunsOnCuda))]
    public void FineTuneOnCudaFollowsTheReference(string path, string run)
    {
        Skip.IfNot(DeviceFactory.HasCuda, "skipped: no CUDA device");
        FineTuneFollows(path, run, "cuda-fp32");
    }

    [SkippableTheory]
    [MemberData(nameof(MetaRuns))]
    public void MetaWeightNetFollowsTheReference(string path, string run) => MetaWeightNetFollows(path, run, "host");

    [SkippableTheory]
    [MemberData(nameof(MetaRunsOnCuda))]
    public void MetaWeightNetOnCudaFollowsTheReference(string path, string run)
    {
        Skip.IfNot(DeviceFactory.HasCuda, "skipped: no CUDA device");
        MetaWeightNetFollows(path, run, "cuda-fp32");
    }

    private static void FineTuneFollows(string path, string run, string device)
    {
        var folder = GoldenFolder.Open(path);
        var trace = folder.Run(run);
        using var golden = new GoldenRun(folder, TestDevices.Get(device), run);
        for (var step = 0; step < trace.Length; step++)
        {
            var (loss, accuracy, _, rate) = golden.Step(step);
            var expected = trace[step].GetProperty("loss").GetDouble();
            AssertRelative(expected, loss, step == 0 ? FirstLossTolerance : LossTolerance, $"{run} step {step + 1} loss");
            AssertRelative(trace[step].GetProperty("lr").GetDouble(), rate, RateTolerance, $"{run} step {step + 1} rate");
            Assert.True(Math.Abs(accuracy - trace[step].GetProperty("acc").GetDouble()) <= 1.0 / folder.Batch, $"{run} step {step + 1} accuracy");
            if (step == 0 && folder.Arrays("grads_" + run) is { } gradients)
                AssertArrays(gradients, golden.Network.Gradients, GradientTolerance, requireAll: true);
        }

        AssertFinal(folder, golden, run);
    }

    [SkippableTheory]
    [MemberData(nameof(FirstStepRunsOnCuda))]
    public void FirstStepOnCudaIsTheReferences(string path, string run)
    {
        Skip.IfNot(DeviceFactory.HasCuda, "skipped: no CUDA device");
        var folder = GoldenFolder.Open(path);
        var trace = folder.Run(run);
        using var golden = new GoldenRun(folder, TestDevices.Get("cuda-fp32"), run);
        var (loss, _, _, _) = golden.Step(0);
        AssertRelative(trace[0].GetProperty("loss").GetDouble(), loss, FirstLossTolerance, $"{run} step 1 loss");
        if (folder.Arrays("grads_" + run) is { } gradients)
            AssertArrays(gradients, golden.Network.Gradients, GradientTolerance, requireAll: true);
    }

    private static void MetaWeightNetFollows(string path, string run, string device)
    {
        var folder = GoldenFolder.Open(path);
        var trace = folder.Run(run);
        using var golden = new GoldenRun(folder, TestDevices.Get(device), run);
        for (var step = 0; step < trace.Length; step++)
        {
            var (loss, _, weight, _) = golden.Step(step);
            AssertRelative(trace[step].GetProperty("loss").GetDouble(), loss, MetaLossTolerance, $"{run} step {step + 1} loss");
            Assert.True(Math.Abs(weight - trace[step].GetProperty("avg_weight").GetDouble()) <= WeightTolerance, $"{run} step {step + 1} mean weight {weight}");
            if (step == 0 && folder.Arrays("vnet_grad_" + run) is { } gradients)
                AssertArrays(gradients, golden.WeightNet!.Gradients, WeightNetGradientTolerance, requireAll: true);
        }

        if (folder.Arrays("vnet_final_" + run) is { } final)
            AssertArrays(final, golden.WeightNet!.Phi, FinalTolerance, requireAll: true);
        AssertFinal(folder, golden, run);
    }

    [SkippableTheory]
    [MemberData(nameof(MetaRuns))]
    public void KeepingAndRecomputingActivationsAgreeBitwise(string path, string run)
    {
        var folder = GoldenFolder.Open(path);
        using var keep = new GoldenRun(folder, TestDevices.Get("host"), run, keepActivations: true);
        using var recompute = new GoldenRun(folder, TestDevices.Get("host"), run, keepActivations: false);
        for (var step = 0; step < folder.Steps; step++)
        {
            keep.Step(step);
            recompute.Step(step);
        }

        Assert.Equal(keep.Network.Values.All.ToArray(), recompute.Network.Values.All.ToArray());
        Assert.Equal(keep.Network.State.All.ToArray(), recompute.Network.State.All.ToArray());
        Assert.Equal(keep.WeightNet!.Phi.All.ToArray(), recompute.WeightNet!.Phi.All.ToArray());
    }

    private static TheoryData<string, string> Runs(params string[] runs)
    {
        var data = new TheoryData<string, string>();
        foreach (var path in GoldenFolder.Paths)
        {
            foreach (var run in runs)
                data.Add(path, run);
        }

        return data;
    }

    private static void AssertFinal(GoldenFolder folder, GoldenRun golden, string run)
    {
        if (folder.Arrays("final_" + run) is not { } final)
            return;
        AssertArrays(final, golden.Network.Values, FinalTolerance, requireAll: false);
        AssertArrays(final, golden.Network.State, FinalTolerance, requireAll: false);
    }

    private static void AssertArrays(Dictionary<string, GoldenArray> expected, ParameterBuffer actual, double tolerance, bool requireAll)
    {
        var wrong = new List<string>();
        for (var i = 0; i < actual.Layout.Slices.Count; i++)
        {
            var name = actual.Layout.Slices[i].Name;
            var golden = expected.GetValueOrDefault(name) ?? expected.GetValueOrDefault("encode_layer." + name);
            Assert.True(golden is not null, $"{name} expected in the golden file");
            var error = golden.RelativeError(actual.GetOnnx(i));
            if (!(error <= tolerance))
                wrong.Add($"{name} {error:G3}");
        }

        Assert.True(wrong.Count == 0, $"relative errors above {tolerance:G3}: {string.Join(", ", wrong)}");
        Assert.True(!requireAll || expected.Count == actual.Layout.Slices.Count, $"{expected.Count} arrays expected, {actual.Layout.Slices.Count} came");
    }

    private static void AssertRelative(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"{what}: expected {expected:R}, got {actual:R}");
}
