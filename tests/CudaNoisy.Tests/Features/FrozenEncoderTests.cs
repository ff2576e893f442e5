using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Inference;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Features;

/// <summary>Heads on a frozen encoder's features: every method, encoders that cannot be imported, and the whole classifier as a file.</summary>
public sealed class FrozenEncoderTests : IDisposable
{
    private const string Encoder = "models/onnx/resnet32-simclr-fashion.onnx";
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;
    private readonly string[] _data;

    public FrozenEncoderTests() => _data = SmallData.Write(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("finetune", "qloss", "0")]
    [InlineData("finetune", "mae", "16")]
    [InlineData("mwnet", "ce", "0")]
    public void TheFileSaysWhatTheRunSaid(string problem, string loss, string hidden)
    {
        var error = Train("run", Encoder, "--problem", problem, "--loss", loss, "--head_hidden", hidden);
        Assert.Contains("64 features an image", error, StringComparison.Ordinal);
        AssertPredictions("run");
        Assert.Equal(0, Cli.CommandLine.Run("export", At("run"), "--what", "encoder").Code);
        var (ours, theirs) = (OnnxImporter.Load(Path.Combine(At("run"), "encoder.onnx")), OnnxImporter.Load(Path.Combine(SharedFiles.Repository, Encoder)));
        for (var i = 0; i < ours.Parameters.Slices.Count; i++)
            Assert.Equal(theirs.ParameterValues[theirs.Parameters.IndexOf(ours.Parameters.Slices[i].Name)], ours.ParameterValues[i]);
        Assert.Contains("features from", Train("again", Encoder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("cls")]
    public void AnyOnnxEncoderServes(string pool)
    {
        TokenEncoder.Write(At("tokens.onnx"));
        Train("run", At("tokens.onnx"), "--encoder_pool", pool, "--encoder_type", "imagenet", "--encoder_output", TokenEncoder.Output);
        AssertPredictions("run");
        var (code, _, error) = Cli.CommandLine.Run("export", At("run"), "--what", "encoder");
        Assert.Equal(2, code);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void WhatCannotBeFrozenIsSaidInOneLine()
    {
        Assert.Contains("--encoder_ckpt", Bad("--freeze_encoder"), StringComparison.Ordinal);
        Assert.Contains("--encoder_pool", Bad("--freeze_encoder", "--encoder_ckpt", Encoder, "--encoder_pool", "max"), StringComparison.Ordinal);
        Train("run", Encoder);
        Assert.Contains("without a head", Bad("--freeze_encoder", "--encoder_ckpt", Path.Combine(At("run"), "model.onnx"), "--iters", "1", "--eval_freq", "1"), StringComparison.Ordinal);
    }

    private void AssertPredictions(string run)
    {
        using var model = OnnxRuntimeModel.Open(Path.Combine(At(run), "model.onnx"), new OnnxRuntimeOptions { Device = "cpu" }, _ => { });
        var images = DataSets.Load(SmallData.Options(_data)).Train;
        Assert.Equal(PixelScale.Unit, ModelNotes.GetScale(model.Metadata, run));
        var rows = SampleTable.Read(Path.Combine(At(run), "samples.csv")).ToArray();
        var predicted = new List<int>();
        new FeatureExtractor(model, images, PixelScale.Unit, 50, 1).Run(
            rows.Select(r => int.Parse(r.Id, null)).ToArray(), (_, y) => predicted.AddRange(y.ToArray().Chunk(10).Select(p => Array.IndexOf(p, p.Max()))), default);
        Assert.Equal(rows.Select(r => r.PredictedLabel!.Value), predicted);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Train(string name, string encoder, params string[] more)
    {
        var (code, _, error) = Cli.CommandLine.Run(
            ["train", .. _data, "--logs", _folder, "--name", name, "--freeze_encoder", "--encoder_ckpt", encoder, "--device", "host", "--val_size", "50", "--meta_batch_size", "50", "--iters", "40", .. more]);
        Assert.True(code == 0, error);
        return error;
    }

    private string Bad(params string[] more)
    {
        var (code, _, error) = Cli.CommandLine.Run(["train", .. _data, "--logs", _folder, "--name", "bad", "--overwrite", "--device", "host", "--val_size", "50", .. more]);
        Assert.Equal(2, code);
        return error.TrimEnd().Split('\n')[^1];
    }
}
