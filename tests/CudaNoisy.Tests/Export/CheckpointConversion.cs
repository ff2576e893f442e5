using CudaNoisy.Export;
using CudaNoisy.Kernels;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Tests.Onnx;
using CudaNoisy.Tests.OpChecks;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CudaNoisy.Tests.Export;

/// <summary>PyTorch checkpoints become the ONNX files that PyTorch's own exporter gives: same names, same outputs.</summary>
public sealed class CheckpointConversion : IDisposable
{
    /// <summary>Of logits against PyTorch's float64 forward pass.</summary>
    private const double LogitTolerance = 1e-3;

    /// <summary>Of one network reached in two ways.</summary>
    private const double ParityTolerance = 1e-4;

    /// <summary>Of features against those of PyTorch's own export in ONNX Runtime, relative to the largest.</summary>
    private const double FeatureTolerance = 1e-5;

    private const int Pixels = 32 * 32;
    private readonly string _folder = Directory.CreateTempSubdirectory("cudanoisy-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("resnet20-12fca82f")]
    [InlineData("resnet32-d509ac18")]
    public void AkamasterLogitsAreThoseOfPyTorch(string name)
    {
        var model = Reimported(SharedFiles.Require("checkpoints", "akamaster", name + ".th"), new ConversionOptions { Scale = PixelScale.ImageNet });
        var expected = NpyFile.Read(SharedFiles.At("checkpoints", "akamaster", name + "_logits_first100_lossless_f64.npy"));
        var (x, _) = Lossless(expected.Dims[0]);
        var actual = OnnxRunner.Run(model, TestDevices.Get("host"), [expected.Dims[0], 3, 32, 32], x);
        Assert.True(LargestError(expected.ToDoubles(), actual) <= LogitTolerance, $"{LargestError(expected.ToDoubles(), actual)}");
    }

    [SkippableFact]
    public void AkamasterResNet20KeepsItsAccuracy()
    {
        var model = Reimported(SharedFiles.Require("checkpoints", "akamaster", "resnet20-12fca82f.th"), new ConversionOptions { Scale = PixelScale.ImageNet });
        var (x, labels) = Lossless(1000);
        var logits = OnnxRunner.Run(model, TestDevices.Get("host"), [1000, 3, 32, 32], x);
        var right = labels.Where((label, i) => Array.IndexOf(logits, logits[(10 * i)..(10 * i + 10)].Max(), 10 * i, 10) == (10 * i) + label).Count();
        Assert.InRange(right / 1000.0, 0.912, 0.918);
    }

    [SkippableFact]
    public void AkamasterResNet44Converts()
    {
        var conversion = CheckpointConverter.Convert(SharedFiles.Require("checkpoints", "akamaster", "resnet44-014dd654.th"), new ConversionOptions());
        Assert.Equal("resnet44", conversion.Model.Metadata["architecture"]);
        Assert.True(conversion.IsClassifier);
        Assert.Contains("conv1.weight", conversion.Model.Parameters.Slices.Select(s => s.Name));
    }

    [SkippableFact]
    public void Resnet2bIsItsOnnxFile()
    {
        var ours = Reimported(SharedFiles.Require("checkpoints", "vnncomp2021", "cifar10_resnet__pytorch_model__resnet2b__model_best.pth"), new ConversionOptions());
        var theirs = OnnxImporter.Load(SharedFiles.At("checkpoints", "vnncomp2021", "cifar10_resnet__onnx__resnet_2b.onnx"));
        Assert.Equal(Names(theirs), Names(ours));
        var x = Near.Normal(3, 20 * 3 * Pixels);
        var expected = OnnxRunner.Run(theirs, TestDevices.Get("host"), [20, 3, 32, 32], x);
        var actual = OnnxRunner.Run(ours, TestDevices.Get("host"), [20, 3, 32, 32], x);
        Assert.True(LargestError([.. expected.Select(v => (double)v)], actual) <= ParityTolerance);
    }

    [SkippableFact]
    public void TheGoldenEncoderIsPyTorchsExport()
    {
        var conversion = CheckpointConverter.Convert(SharedFiles.Require("golden", "resnet32", "encoder.pth.tar"), new ConversionOptions());
        var ours = OnnxImporter.Parse(OnnxExporter.ToBytes(conversion.Model), "golden");
        var theirs = OnnxImporter.Load(SharedFiles.At("golden", "resnet32", "encoder_op13.onnx"));
        Assert.False(conversion.IsClassifier);
        Assert.Equal(Names(theirs), Names(ours));
        Assert.Equal(theirs.State.Slices.Select(s => s.Name).Order(), ours.State.Slices.Select(s => s.Name).Order());
        Assert.Equal(theirs.Graph.Nodes.Count, ours.Graph.Nodes.Count);
        var images = NpyFile.Read(SharedFiles.At("golden", "resnet32", "train_images.npy"));
        var n = images.Dims[1];
        var x = images.ToFloats().Take(n * 3 * Pixels).Select(v => v / 255).ToArray();
        using var session = new InferenceSession(SharedFiles.At("golden", "resnet32", "encoder_op13.onnx"));
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0], new DenseTensor<float>(x, [n, 3, 32, 32]))]);
        var expected = results[0].AsTensor<float>().Select(v => (double)v).ToArray();
        var actual = OnnxRunner.Run(ours, TestDevices.Get("host"), [n, 3, 32, 32], x);
        Assert.True(LargestError(expected, actual) <= FeatureTolerance * expected.Max(Math.Abs), $"error {LargestError(expected, actual)}, scale {expected.Max(Math.Abs)}");
    }

    [SkippableFact]
    public void ProjectionHeadsAreDropped()
    {
        var conversion = CheckpointConverter.Convert(SharedFiles.Require("checkpoints", "simclr", "resnet32-simclr-fashion.pth.tar"), new ConversionOptions());
        Assert.False(conversion.IsClassifier);
        Assert.All(conversion.Dropped, key => Assert.StartsWith("projection.", key, StringComparison.Ordinal));
        Assert.Contains("projection.fc2.weight", conversion.Model.Metadata["dropped_keys"], StringComparison.Ordinal);
        Assert.Equal(64, conversion.Model.Metadata["source_sha256"].Length);
    }

    [Theory]
    [InlineData("resnet18", 32, true, "module.")]
    [InlineData("resnet18", 224, false, "encode_layer.convnet.")]
    [InlineData("resnet50", 224, false, "")]
    [InlineData("resnet56", 32, true, "convnet.")]
    public void EveryLayoutIsFoundByItsKeys(string name, int size, bool cifarStem, string prefix)
    {
        var architecture = Architecture.Find(name);
        var built = ResNetBuilder.Build(architecture, size, cifarStem, new RandomParameters(new Counter().Next, true), prefix, name);
        var path = Write(TorchWriter.StateOf(built));
        var found = CheckpointConverter.Convert(path, new ConversionOptions()).Model;
        Assert.Equal(name, found.Metadata["architecture"]);
        Assert.Equal(cifarStem ? "true" : "false", found.Metadata["cifar_head"]);
        Assert.Equal(built.Input, found.Input);
        Assert.Equal(built.Parameters.Slices.Select(s => s.Name.Replace("module.", "", StringComparison.Ordinal)), found.Parameters.Slices.Select(s => s.Name));
        Assert.All(built.ParameterValues.Zip(found.ParameterValues), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
    }

    [Fact]
    public void MissingAndUnexpectedKeysAreErrorsUnlessAllowed()
    {
        var built = ResNetBuilder.Random(Architecture.Find("resnet20"), 32, true, new Counter().Next);
        var state = TorchWriter.StateOf(built);
        state.Remove("convnet.layer2.1.bn2.running_var");
        state["convnet.layer9.weight"] = ([1], [1]);
        state["convnet.fc.weight"] = ([10, 64], new float[640]);
        state["convnet.fc.bias"] = ([10], new float[10]);
        var path = Write(state);
        Assert.Contains("layer2.1.bn2.running_var", Bad(path, new ConversionOptions()), StringComparison.Ordinal);
        Assert.Contains("layer9.weight", Bad(path, new ConversionOptions { AllowMissing = true }), StringComparison.Ordinal);
        var conversion = CheckpointConverter.Convert(path, new ConversionOptions { AllowMissing = true, AllowUnexpected = true });
        Assert.Equal(["convnet.layer2.1.bn2.running_var"], conversion.Missing);
        Assert.Equal(["convnet.layer9.weight"], conversion.Unexpected);
        Assert.True(conversion.IsClassifier);
        Assert.Equal(10, conversion.Model.Output.C);
        Assert.Contains("resnet32", Bad(path, new ConversionOptions { Architecture = "resnet32" }), StringComparison.Ordinal);
        Assert.Contains("10 names", Bad(path, new ConversionOptions { AllowMissing = true, AllowUnexpected = true, ClassNames = ["a"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherDimensionsAndOtherNetworksAreNamed()
    {
        var state = TorchWriter.StateOf(ResNetBuilder.Random(Architecture.Find("resnet20"), 32, true, new Counter().Next));
        state["convnet.layer1.1.conv2.weight"] = ([16, 16, 3, 2], new float[16 * 16 * 6]);
        Assert.Contains("(16,16,3,3) expected", Bad(Write(state), new ConversionOptions()), StringComparison.Ordinal);
        Assert.Contains("residual network", Bad(Write(new() { ["features.0.weight"] = ([1], [1]) }), new ConversionOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void TheToolConvertsAndSaysWhatIsWrong()
    {
        var path = Write(TorchWriter.StateOf(ResNetBuilder.Random(Architecture.Find("resnet20"), 32, true, new Counter().Next)));
        var output = Path.Combine(_folder, "out.onnx");
        var (code, written, _) = Cli.CommandLine.RunProgram(Cli.CommandLine.Export, path, "-o", output, "--normalization", "imagenet");
        Assert.Equal((0, output), (code, written.Trim()));
        Assert.Equal(PixelScale.ImageNet, ModelNotes.GetScale(OnnxImporter.Load(output).Metadata, output));
        var cut = Path.Combine(_folder, "cut.th");
        File.WriteAllBytes(cut, File.ReadAllBytes(path)[..5000]);
        foreach (var (arguments, named) in new[]
        {
            ([cut], "cut.th"), ([path + "x"], "c.thx"), ([path, "--what", "classifier"], "--what"), ([path, "--arch", "vgg"], "--arch"), ([path, "--size", "3"], "--size"),
            ((string[])[path, "--normalization", "1,2"], "--normalization"), ([path, "-o", "/does/not/exist/x.onnx"], "x.onnx"),
        })
        {
            var (wrong, _, error) = Cli.CommandLine.RunProgram(Cli.CommandLine.Export, arguments);
            Assert.NotEqual(0, wrong);
            Assert.Contains(named, error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }

    private static Model Reimported(string path, ConversionOptions options) => OnnxImporter.Parse(OnnxExporter.ToBytes(CheckpointConverter.Convert(path, options).Model), path);

    private static IEnumerable<string> Names(Model model) => model.Parameters.Slices.Select(s => s.Name).Order(StringComparer.Ordinal);

    private static double LargestError(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual).Max(p => Math.Abs(p.First - p.Second));
    }

    /// <summary>The first lossless CIFAR-10 test images, standardised, (N,C,H,W).</summary>
    private static (float[] X, int[] Labels) Lossless(int count)
    {
        var bytes = File.ReadAllBytes(SharedFiles.Require("data", "cifar10", "lossless_test1000.bin"));
        var x = new float[count * 3 * Pixels];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = bytes[i * ((3 * Pixels) + 1)];
            for (var p = 0; p < 3 * Pixels; p++)
                x[(i * 3 * Pixels) + p] = PixelScale.ImageNet.Map(bytes[(i * ((3 * Pixels) + 1)) + 1 + p], p / Pixels);
        }

        return (x, labels);
    }

    private string Write(Dictionary<string, (int[] Dims, float[] Values)> state)
    {
        var path = Path.Combine(_folder, "c.th");
        TorchWriter.Write(path, state);
        return path;
    }

    private static string Bad(string path, ConversionOptions options) => Assert.Throws<InputException>(() => CheckpointConverter.Convert(path, options)).Message;

    /// <summary>Different numbers, quickly.</summary>
    private sealed class Counter
    {
        private int _count;

        public double Next() => (_count++ % 1000) / 1000.0;
    }
}
