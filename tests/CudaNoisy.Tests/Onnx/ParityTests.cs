using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Tests.OpChecks;
using CudaNoisy.Training;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CudaNoisy.Tests.Onnx;

/// <summary>The same file and input through ONNX Runtime and through our importer.</summary>
public sealed class ParityTests
{
    /// <summary>Largest error allowed, relative to the output's scale.</summary>
    private const double Tolerance = 1e-4;

    private const int Batch = 2;

    public static TheoryData<string> Files => ["golden/resnet32/encoder_op13.onnx", "golden/resnet32/encoder_folded.onnx", "checkpoints/simclr/resnet32-simclr-fashion.onnx"];

    /// <summary>Architecture, image size, CIFAR stem.</summary>
    public static TheoryData<string, int, bool> Built => new()
    {
        { "resnet18", 32, true },
        { "resnet32", 32, true },
        { "resnet50", 32, true },
        { "resnet18", 64, false },
        { "resnet50", 64, false },
    };

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void FileAgreesWithOnnxRuntime(string file)
    {
        var path = SharedFiles.Require(file.Split('/'));
        AssertParity(OnnxImporter.Load(path), File.ReadAllBytes(path));
    }

    [Theory]
    [MemberData(nameof(Built))]
    public void BuiltNetworkAgreesWithOnnxRuntime(string architecture, int size, bool cifarStem)
    {
        var random = new Philox(5, 5);
        var model = ResNetBuilder.Random(Architecture.Find(architecture), size, cifarStem, random.NextGaussian).AddLinear(7);
        var last = model.Parameters.IndexOf("linear_layer.weight");
        model.ParameterValues[last] = [.. model.ParameterValues[last].Select(_ => (float)random.NextGaussian())];
        AssertParity(model, OnnxExporter.ToBytes(model));
    }

    [Theory]
    [MemberData(nameof(Built))]
    public void ExportAndImportKeepEveryBit(string architecture, int size, bool cifarStem)
    {
        var model = ResNetBuilder.Random(Architecture.Find(architecture), size, cifarStem, new Philox(6, 6).NextGaussian).AddLinear(7);
        model.Metadata["class_names"] = "a,b";
        var again = OnnxImporter.Parse(OnnxExporter.ToBytes(model), "exported");
        Assert.Equal(model.Parameters.Slices.Select(s => s.Name).Order(), again.Parameters.Slices.Select(s => s.Name).Order());
        foreach (var slice in model.Parameters.Slices)
            Assert.Equal(model.ParameterValues[model.Parameters.IndexOf(slice.Name)], again.ParameterValues[again.Parameters.IndexOf(slice.Name)]);
        foreach (var slice in model.State.Slices)
            Assert.Equal(model.StateValues[model.State.IndexOf(slice.Name)], again.StateValues[again.State.IndexOf(slice.Name)]);
        Assert.Equal(model.Metadata["class_names"], again.Metadata["class_names"]);
        Assert.Equal(model.Graph.Nodes.Count, again.Graph.Nodes.Count);
    }

    private static void AssertParity(Model model, byte[] file)
    {
        var (c, h, w) = (model.Input.C, model.Input.H, model.Input.W);
        var x = Near.Normal(9, (long)Batch * c * h * w).Select(v => (v * 0.25f) + 0.5f).ToArray();
        var actual = OnnxRunner.Run(model, TestDevices.Get("host"), [Batch, c, h, w], x);
        using var session = new InferenceSession(file);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0], new DenseTensor<float>(x, [Batch, c, h, w]))]);
        var expected = results[0].AsTensor<float>().ToArray();
        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Max(Math.Abs);
        var error = expected.Zip(actual).Max(p => Math.Abs(p.First - p.Second));
        Assert.True(scale > 0 && error <= Tolerance * scale, $"error {error}, scale {scale}");
    }
}
