using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Runtime.Onnx.Proto;
using CudaNoisy.Tests.OpChecks;

namespace CudaNoisy.Tests.Onnx;

/// <summary>ONNX's own conformance cases for the operators that can be trained through, and the list of those outside the scope, each with its reason.</summary>
public sealed class NodeTests
{
    /// <summary>Relative to the output's largest entry: sums of at most some hundred float products.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Half a unit of the fourth decimal, for the output and for the four of nine window entries that are not padding.</summary>
    private const double FourDecimals = 0.5e-4 * (1 + (4.0 / 9));

    /// <summary>The inputs and the expected values of this case were rounded to four decimals after it was computed: 0.8816 + 0.4353 + 0.5772 + 0.6623 over 9 is 0.28404, the file says 0.2841.</summary>
    private const string RoundedCase = "test_averagepool_2d_ceil_last_window_starts_on_pad";

    /// <summary>Cases inside the scope.</summary>
    public static TheoryData<string> InScope => [.. NodeTestScope.Inside];

    [SkippableTheory]
    [MemberData(nameof(InScope))]
    public void CaseAgreesWithOnnx(string name)
    {
        var folder = SharedFiles.Require("onnx_node_tests", name);
        var model = OnnxFile.Read(Path.Combine(folder, "model.onnx"));
        var data = Path.Combine(folder, "test_data_set_0");
        var inputs = model.Graph.Input.Select((_, i) => TensorProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(data, $"input_{i}.pb")))).ToArray();
        var expected = OnnxTensor.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(data, "output_0.pb"))), name);

        // Weights are inputs in these files; here they are constants.
        for (var i = model.Graph.Input.Count - 1; i > 0; i--)
        {
            inputs[i].Name = model.Graph.Input[i].Name;
            model.Graph.Initializer.Add(inputs[i]);
            model.Graph.Input.RemoveAt(i);
        }

        foreach (var opset in model.OpsetImport)
            opset.Version = Math.Min(opset.Version, 20);
        var imported = OnnxImporter.Parse(Google.Protobuf.MessageExtensions.ToByteArray(model), name);
        var x = OnnxTensor.Read(inputs[0], name);
        var actual = OnnxRunner.Run(imported, TestDevices.Get("host"), x.Dims, x.Floats!);
        Assert.Equal(expected.Length, actual.Length);
        var tolerance = (Tolerance * expected.Floats!.Max(Math.Abs)) + (name == RoundedCase ? FourDecimals : 0);
        for (var i = 0; i < actual.Length; i++)
            Assert.True(Math.Abs(actual[i] - expected.Floats![i]) <= tolerance, $"element {i}: expected {expected.Floats![i]}, got {actual[i]}");
    }

    [SkippableFact]
    public void EveryCaseIsInsideOrOutsideByName()
    {
        var present = Directory.EnumerateDirectories(SharedFiles.Require("onnx_node_tests")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        var listed = NodeTestScope.Inside.Concat(NodeTestScope.Outside.Keys).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(present, listed);
    }
}
