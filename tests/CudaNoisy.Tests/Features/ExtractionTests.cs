using CudaNoisy.Runtime.Formats;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Tests.Onnx;
using CudaNoisy.Tests.OpChecks;
using CudaNoisy.Training;

namespace CudaNoisy.Tests.Features;

/// <summary>Features through ONNX Runtime: equal to our own forward pass, the same bits after an interruption.</summary>
public sealed class ExtractionTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private const string Encoder = "models/onnx/resnet32-simclr-fashion.onnx";
    private const int Batch = 16;
    private const int Kept = 70;
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;
    private readonly string[] _data;
    private readonly DataOptions _options;

    public ExtractionTests()
    {
        _data = [.. SmallData.Write(_folder), "--batch_size", $"{Batch}"];
        _options = SmallData.Options(_data);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FeaturesAreOursAndAnInterruptedPassGivesTheSameBits()
    {
        var file = At("f.npy");
        Assert.Equal(0, Extract("--labels", At("l.npy"), "--normalization", "none").Code);
        var features = NpyFile.Read(file);
        var images = DataSets.Load(_options).Test;
        Assert.Equal([images.Count, 64], features.Dims);
        Assert.Equal(images.Labels, NpyFile.Read(At("l.npy")).ToInts());
        var x = new float[8 * images.Pixels.ImageLength];
        new ImageBatchReader(images.Pixels, Kernels.PixelScale.Unit, 1).Read(Enumerable.Range(0, 8).ToArray(), x);
        var ours = OnnxRunner.Run(OnnxImporter.Load(Path.Combine(SharedFiles.Repository, Encoder)), TestDevices.Get("host"), [8, 3, 32, 32], x);
        var scale = ours.Max(Math.Abs);
        Assert.All(ours.Zip(features.ToFloats()), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= Tolerance * scale));

        var whole = File.ReadAllBytes(file);
        Stop(file, whole);
        var (code, _, error) = Extract("--normalization", "none");
        Assert.Equal(0, code);
        Assert.Contains("going on behind row 64 of 100", error, StringComparison.Ordinal);
        Assert.Equal(whole, File.ReadAllBytes(file));
        Stop(file, whole);
        var (_, _, other) = Extract("--normalization", "imagenet");
        Assert.DoesNotContain("going on", other, StringComparison.Ordinal);
        Assert.NotEqual(whole, File.ReadAllBytes(file));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.partial*"));
    }

    [Fact]
    public void WhatDoesNotFitIsSaidInOneLine()
    {
        Write("foreign.onnx", 32);
        Assert.Contains("normalisation", Bad(At("foreign.onnx")), StringComparison.Ordinal);
        Assert.Contains("missing.onnx", Bad(At("missing.onnx")), StringComparison.Ordinal);
        File.WriteAllText(At("no.onnx"), "text");
        Assert.Contains("no.onnx", Bad(At("no.onnx")), StringComparison.Ordinal);
        Assert.Contains("--part", Bad(Encoder, "--normalization", "none", "--part", "dev"), StringComparison.Ordinal);
        Assert.Contains("'pooled'", Bad(Encoder, "--normalization", "none", "--encoder_output", "pooled"), StringComparison.Ordinal);
        Write("wide.onnx", 40);
        Assert.Contains("40x40 with 3 channels expected, 32x32", Bad(At("wide.onnx"), "--normalization", "none"), StringComparison.Ordinal);
        Assert.Contains("no CUDA provider", Extract("--normalization", "none", "--device", "cuda").Error, StringComparison.Ordinal);
    }

    /// <summary>Writes an encoder that does not say what input it takes.</summary>
    private void Write(string name, int size) => File.WriteAllBytes(
        At(name), OnnxExporter.ToBytes(Runtime.ResNetBuilder.Random(Runtime.Architecture.Find("resnet20"), size, true, new Philox(1, 1).NextGaussian)));

    private (int Code, string Out, string Error) Extract(params string[] arguments) => Cli.CommandLine.Run(["extract", Encoder, .. _data, "-o", At("f.npy"), .. arguments]);

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>What is there after a pass was killed while it wrote its rows.</summary>
    private void Stop(string file, byte[] whole)
    {
        var images = DataSets.Load(_options).Test;
        using var model = Runtime.Inference.OnnxRuntimeModel.Open(Path.Combine(SharedFiles.Repository, Encoder), new Runtime.Inference.OnnxRuntimeOptions(), _ => { });
        using var cancel = new CancellationTokenSource();
        var extractor = new FeatureExtractor(model, images, Kernels.PixelScale.Unit, Batch, 2);
        File.Delete(file);
        Assert.Throws<OperationCanceledException>(() => FeatureFile.Write(file, extractor, [.. Enumerable.Range(0, images.Count)], Identity(model, images), done =>
        {
            if (done > 0)
                cancel.Cancel();
        }, cancel.Token));
        File.WriteAllBytes(file + ".partial", whole[..(128 + (Kept * 64 * 4))]);
    }

    private Dictionary<string, string> Identity(Runtime.Inference.OnnxRuntimeModel model, ImageSet images) => FeatureFile.Identity(
        Path.Combine(SharedFiles.Repository, Encoder), model, "cls", Kernels.PixelScale.Unit, images, _options);

    private string Bad(params string[] arguments)
    {
        var (code, _, error) = Cli.CommandLine.Run(["extract", .. arguments, .. _data, "-o", At("f.npy")]);
        Assert.Equal(2, code);
        return Assert.Single(error.TrimEnd().Split('\n'));
    }
}
