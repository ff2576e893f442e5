using CudaNoisy.Training;

namespace CudaNoisy.Tests.Data;

/// <summary>The recipes against the values of the reference's configs and imagenet32.py.</summary>
public sealed class RecipeTests
{
    [Fact]
    public void EveryConfigIsRead()
    {
        var files = Directory.GetFiles(Path.Combine(SharedFiles.Repository, "configs"), "*.yaml");
        Assert.True(files.Length >= 6);
        Assert.All(files, f => Assert.NotEmpty(TrainOptions.From(YamlSettings.Read(f), f).Yaml));
    }

    [Fact]
    public void TheClaimsSweepHasEveryMethodNoiseAndSeedWithAndWithoutTheEncoder()
    {
        var plan = SweepPlan.Read(Path.Combine(SharedFiles.Repository, "configs", "sweeps", "claim.yaml"), new SweepOverrides());
        Assert.Equal(3 * 2 * 6 * 2, plan.Runs.Count);
        Assert.Equal(["method", "encoder", "noise", "seed"], plan.Axes.Select(a => a.Name));
        Assert.Equal(["ce", "qloss"], plan.Runs.Select(r => r.Options.Loss).Distinct());
        Assert.Equal([("unif", 0), ("unif", 0.2), ("unif", 0.5), ("unif", 0.8), ("unif", 0.9), ("asym", 0.4)], plan.Runs.Select(r => (r.Options.CorruptionType, r.Options.CorruptionProbability)).Distinct());
        Assert.Equal(36, plan.Runs.Count(r => r.Options.EncoderCheckpoint.Length > 0));
    }

    [Theory]
    [InlineData("cifar10")]
    [InlineData("cifar100")]
    public void Cifar(string name)
    {
        var o = Recipe(name);
        Assert.Equal((name, "resnet50", 100, 100, 58_800, 245), (o.Data.Set, o.Architecture, o.BatchSize, o.TestBatchSize, o.Iterations, o.EvaluateEvery));
        Assert.Equal((0.01, "warmup-anneal", 0.01, "sgd", 1e-4, 0.9), (o.Rate, o.Schedule, o.Warmup, o.Optimizer, o.WeightDecay, o.Momentum));
        Assert.Equal((1000, 222u, 0.66, 0.1), (o.ValidationSize, o.Seed, o.Q, o.Meta.InnerRate!.Value));
    }

    [Fact]
    public void Clothing1M()
    {
        var o = Recipe("clothing1m");
        Assert.Equal((224, 64 * 2000, 0.08, "simclr"), (o.Data.ImageSize, o.Data.EpochImages, o.Data.ScaleLower, o.Data.Transform));
        Assert.Equal((32, 240_000, 500, 0.001, 0.001), (o.BatchSize, o.Iterations, o.EvaluateEvery, o.Rate, o.WeightDecay));
        Assert.Equal(("step", 40_000, 0.5, 0.9), (o.Schedule, o.StepSize, o.Gamma, o.Momentum));
    }

    [Fact]
    public void ImageNet32()
    {
        var o = Recipe("imagenet32");
        Assert.Equal(("supervised", "imagenet", "resnet50", "sgd"), (o.Problem, o.EncoderType, o.Architecture, o.Optimizer));
        Assert.Equal((0.02, 0.9, 1e-3, 256, 512, 500_000), (o.Rate, o.Momentum, o.WeightDecay, o.BatchSize, o.TestBatchSize, o.Iterations));
        Assert.Equal(("step", 100_000, 0.5, 0), (o.Schedule, o.StepSize, o.Gamma, o.ValidationSize));
    }

    [Fact]
    public void SimclrOnCifar()
    {
        var o = Recipe("simclr-cifar10");
        Assert.Equal(("simclr", "simclr", "lars", "warmup-anneal"), (o.Problem, o.EncoderType, o.Optimizer, o.Schedule));
        Assert.Equal((4, 1024, 0.5, 1e-6, 0.01, 48_000, 0.08), (o.Rate, o.BatchSize, o.Pretraining.Temperature, o.WeightDecay, o.Warmup, o.Iterations, o.Data.ScaleLower));
        Assert.Equal(("simclr", "fashion-mnist"), (Recipe("simclr-fashion").Problem, Recipe("simclr-fashion").Data.Set));
    }

    [SkippableFact]
    public void SupervisedPretrainingEndsInAnEncoderToFineTune()
    {
        var data = SharedFiles.Require("data", "imagenet32_sample");
        var folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;
        try
        {
            var (code, _, error) = Cli.CommandLine.Run(
                "train", "--config", Path.Combine(SharedFiles.Repository, "configs/imagenet32.yaml"), "--data_root", data, "--arch", "resnet20", "--batch_size", "16", "--test_bs", "50",
                "--iters", "2", "--device", "host", "--logs", folder, "--name", "pretrain");
            Assert.True(code == 0, error);
            Assert.Contains("train_data_batch_2, 3", error, StringComparison.Ordinal);
            var encoder = Path.Combine(folder, "pretrain", "encoder.onnx");
            (code, _, error) = Cli.CommandLine.Run(
                "train", "--encoder_ckpt", encoder, "--encoder_type", "imagenet", "--batch_size", "16", "--iters", "1", "--device", "host", "--logs", folder, "--name", "tuned");
            Assert.True(code == 0, error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TrainOptions Recipe(string name)
    {
        var path = Path.Combine(SharedFiles.Repository, "configs", name + ".yaml");
        return TrainOptions.From(YamlSettings.Read(path), path);
    }
}
