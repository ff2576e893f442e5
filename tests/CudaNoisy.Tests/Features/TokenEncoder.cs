using CudaNoisy.Runtime.Onnx;
using CudaNoisy.Runtime.Onnx.Proto;
using CudaNoisy.Training;
using Google.Protobuf;

namespace CudaNoisy.Tests.Features;

/// <summary>An encoder that cannot be trained through here: patches as tokens, softmax over their features, output (N,16,8).</summary>
internal static class TokenEncoder
{
    public const string Output = "last_hidden_state";

    public static void Write(string path)
    {
        var graph = new GraphProto { Name = "tokens" };
        var random = new Philox(4, 4);
        graph.Initializer.Add(OnnxTensor.Of([8, 3, 8, 8], [.. Enumerable.Range(0, 8 * 3 * 64).Select(_ => (float)random.NextGaussian() * 0.3f)]).Write("patch.weight"));
        graph.Initializer.Add(OnnxTensor.Vector(0, 8, 16).Write("shape"));
        Add("Conv", ["pixels", "patch.weight"], "patches", ("kernel_shape", [8, 8]), ("strides", [8, 8]));
        Add("Reshape", ["patches", "shape"], "flat");
        Add("Transpose", ["flat"], "tokens", ("perm", [0, 2, 1]));
        Add("Softmax", ["tokens"], Output);
        graph.Input.Add(Declare("pixels", 3, 32, 32));
        graph.Output.Add(Declare(Output, 16, 8));
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        File.WriteAllBytes(path, model.ToByteArray());

        void Add(string type, string[] inputs, string output, params (string Name, long[] Values)[] attributes)
        {
            var node = new NodeProto { OpType = type, Name = output };
            node.Input.AddRange(inputs);
            node.Output.Add(output);
            foreach (var (name, values) in attributes)
            {
                var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
                attribute.Ints.AddRange(values);
                node.Attribute.Add(attribute);
            }

            graph.Node.Add(node);
        }
    }

    private static ValueInfoProto Declare(string name, params int[] sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        shape.Dim.AddRange(sizes.Select(s => new TensorShapeProto.Types.Dimension { DimValue = s }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } } };
    }
}
