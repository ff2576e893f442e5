using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Inference;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Export;

/// <summary>What a run leaves as ONNX: the same parameters, the same predictions in ONNX Runtime, and an encoder to start from again.</summary>
public sealed class ExportedRuns : IDisposable
{
    private readonly string _logs = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;
    private readonly string[] _data;

    public ExportedRuns() => _data = SmallData.Write(_logs);

    public void Dispose() => Directory.Delete(_logs, recursive: true);

    [Theory]
    [InlineData("simclr")]
    [InlineData("imagenet")]
    public void OnnxRuntimePredictsWhatTheRunDid(string encoderType)
    {
        var run = Train(encoderType);
        using var model = OnnxRuntimeModel.Open(Path.Combine(run, "model.onnx"), new OnnxRuntimeOptions { Device = "cpu" }, _ => { });
        Assert.Equal(PixelScale.Unit, ModelNotes.GetScale(model.Metadata, run));
        Assert.Equal(ClassNames.FashionMnist, ModelNotes.GetClassNames(model.Metadata, run));
        var images = DataSets.Load(SmallData.Options(_data)).Train;
        var extractor = new FeatureExtractor(model, images, PixelScale.Unit, 100, 2);
        var rows = File.ReadLines(Path.Combine(run, "samples.csv")).ToArray();
        var header = rows[0].Split(',').ToList();
        var (id, predicted) = (header.IndexOf("id"), header.IndexOf("predicted_label"));
        var some = rows.Skip(1).Select(r => r.Split(',')).ToArray();
        var logits = new List<float[]>();
        extractor.Run(some.Select(r => int.Parse(r[id], null)).ToArray(), (_, y) => logits.AddRange(y.ToArray().Chunk(10)), default);
        Assert.Equal(some.Select(r => int.Parse(r[predicted], null)), logits.Select(y => Array.IndexOf(y, y.Max())));
    }

    [Fact]
    public void ExportsKeepEveryBitAndTheEncoderStartsAnotherRun()
    {
        var run = Train("imagenet");
        foreach (var arguments in new string[][] { [], ["--what", "encoder"], ["--checkpoint", "last", "-o", Path.Combine(run, "last.onnx")], ["--what", "encoder", "--checkpoint", "best", "-o", Path.Combine(run, "best.onnx")] })
            Assert.Equal(0, Cli.CommandLine.Run(["export", run, .. arguments]).Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(run, "model.onnx")), File.ReadAllBytes(Path.Combine(run, "classifier.onnx")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(run, "model.onnx")), File.ReadAllBytes(Path.Combine(run, "last.onnx")));
        var classifier = OnnxImporter.Load(Path.Combine(run, "classifier.onnx"));
        var encoder = OnnxImporter.Load(Path.Combine(run, "encoder.onnx"));
        Assert.Equal(64, encoder.Output.C);
        Assert.DoesNotContain("linear_layer.weight", encoder.Parameters.Slices.Select(s => s.Name));
        Assert.Equal(PixelScale.ImageNet, ModelNotes.GetScale(encoder.Metadata, run));
        for (var i = 0; i < encoder.Parameters.Slices.Count; i++)
            Assert.Equal(classifier.ParameterValues[classifier.Parameters.IndexOf(encoder.Parameters.Slices[i].Name)], encoder.ParameterValues[i]);
        Assert.DoesNotContain(encoder.Graph.Nodes, n => n.Op is ChannelAffine);
        var (code, _, error) = Cli.CommandLine.Run(
            ["train", .. _data, "--logs", _logs, "--name", "again", "--iters", "1", "--batch_size", "16", "--device", "host", "--val_size", "50", "--encoder_type", "imagenet", "--encoder_ckpt", Path.Combine(run, "encoder.onnx")]);
        Assert.True(code == 0, error);
    }

    [Fact]
    public void WhatCannotBeExportedIsSaidInOneLine()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_logs, "empty")).FullName;
        Assert.Contains("config.yml", Bad("export", empty), StringComparison.Ordinal);
        Assert.Contains("--what", Bad("export", _logs, "--what", "head"), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_logs, "config.yml"), "seed: 1\n");
        Assert.Contains("--checkpoint", Bad("export", _logs, "--checkpoint", "step-00000001"), StringComparison.Ordinal);
    }

    private static string Bad(params string[] arguments)
    {
        var (code, _, error) = Cli.CommandLine.Run(arguments);
        Assert.Equal(2, code);
        return Assert.Single(error.TrimEnd().Split('\n'));
    }

    private string Train(string encoderType)
    {
        var (code, _, error) = Cli.CommandLine.Run(
            ["train", .. _data, "--logs", _logs, "--name", "run", "--arch", "resnet20", "--iters", "3", "--lr", "0.05", "--batch_size", "16", "--device", "host", "--val_size", "50", "--encoder_type", encoderType]);
        Assert.True(code == 0, error);
        return Path.Combine(_logs, "run");
    }
}
