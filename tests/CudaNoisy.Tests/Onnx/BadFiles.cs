using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Runtime.Onnx.Proto;
using CudaNoisy.Training;
using Google.Protobuf;

namespace CudaNoisy.Tests.Onnx;

/// <summary>ONNX files that cannot be trained through: one line that names the file and the place.</summary>
public sealed class BadFiles
{
    [Fact]
    public void ACutFileIsNamed()
    {
        var bytes = Bytes();
        foreach (var length in new[] { 0, 1, 10, bytes.Length / 2, bytes.Length - 1 })
        {
            var error = Assert.Throws<InputException>(() => OnnxImporter.Parse(bytes.AsSpan(0, length), "cut.onnx"));
            Assert.StartsWith("cut.onnx", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void AnUnknownOperatorIsNamed() => AssertError("LayerNormalization", model => model.Graph.Node[3].OpType = "LayerNormalization");

    [Fact]
    public void ACycleIsNamed() => AssertError("depends on itself", model => model.Graph.Node[0].Input[0] = model.Graph.Node[5].Output[0]);

    [Fact]
    public void AnInputThatNothingProducesIsNamed() => AssertError("'nothing'", model => model.Graph.Node[2].Input[0] = "nothing");

    [Fact]
    public void AbsurdDimensionsAreRefused()
    {
        AssertError("elements", model =>
        {
            model.Graph.Initializer[0].Dims.Clear();
            model.Graph.Initializer[0].Dims.AddRange([1L << 40, 1L << 40]);
        });
        AssertError("elements expected", model => model.Graph.Initializer[0].Dims[0] *= 1000);
        AssertError("dimension 2", model => model.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue = 1L << 40);
    }

    [Fact]
    public void AnOpsetOutsideTheRangeIsNamed() => AssertError("opset 9 to 20", model => model.OpsetImport[0].Version = 8);

    private static byte[] Bytes() => OnnxExporter.ToBytes(ResNetBuilder.Random(Architecture.Find("resnet20"), 32, true, new Philox(1, 1).NextGaussian));

    private static void AssertError(string expected, Action<ModelProto> damage)
    {
        var model = ModelProto.Parser.ParseFrom(Bytes());
        damage(model);
        var error = Assert.Throws<InputException>(() => OnnxImporter.Parse(model.ToByteArray(), "bad.onnx"));
        Assert.Contains("bad.onnx", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
