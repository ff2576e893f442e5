using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Onnx.Proto;
using Google.Protobuf;

namespace CudaNoisy.Runtime.Onnx;

/// <summary>Writes a <see cref="Model"/> as ONNX: opset 17, dynamic batch, NCHW, names kept.</summary>
public static class OnnxExporter
{
    private const int Opset = 17;
    private const int IrVersion = 8;

    /// <summary>What the nodes in front of a classifier are called.</summary>
    internal const string InputNormalization = "input_normalization";

    /// <summary>The file's bytes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputName">The input's name.</param>
    /// <param name="outputName">The output's name.</param>
    /// <param name="normalization">Put in front of the network, so that it takes images in [0,1].</param>
    public static byte[] ToBytes(Model model, string inputName = "input", string outputName = "output", PixelScale? normalization = null)
    {
        var graph = new GraphProto { Name = "cudanoisy" };
        var context = new ExportContext(model, graph);
        var shapes = model.Graph.Infer(model.Input);
        var names = new Dictionary<int, string> { [0] = inputName };
        var matrices = new HashSet<int>();
        var inputIsMatrix = model.Input is { H: 1, W: 1 } && model.Graph.Nodes[0].Op is Linear;
        if (inputIsMatrix)
            SetMatrix(0);
        if (normalization is { } scale)
            names[0] = Normalize(context, inputName, scale);
        foreach (var node in model.Graph.Nodes)
        {
            var inputs = node.Inputs.Select(i => names[i]).ToList();

            // A Gemm wants rows: pooled images lose their two unit axes first.
            if (node.Op is Linear && !matrices.Contains(node.Inputs[0]))
                inputs[0] = context.Node("Flatten", node.Op.Name + "_rows", [inputs[0]]).With("axis", 1).Output;
            names[node.Output] = node.Op.Export(context, inputs);
            if (node.Op is Linear or Flatten || (node.Op is not Conv2d && matrices.Contains(node.Inputs[0])))
                SetMatrix(node.Output);
        }

        var output = names[model.Graph.Output];
        var last = graph.Node[^1];
        if (last.Output[0] == output)
            last.Output[0] = outputName;
        else
            outputName = output;
        graph.Input.Add(Declare(inputName, model.Input, inputIsMatrix));
        graph.Output.Add(Declare(outputName, shapes[model.Graph.Output], matrices.Contains(model.Graph.Output)));
        var proto = new ModelProto { IrVersion = IrVersion, ProducerName = "cudanoisy", ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version!.ToString(3), Graph = graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        foreach (var (key, value) in model.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal))
            proto.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return proto.ToByteArray();

        void SetMatrix(int value)
        {
            matrices.Add(value);
            context.SetRank2(names[value]);
        }
    }

    /// <summary>(x - mean) / std, rounded after every operation as in training.</summary>
    internal static string Normalize(ExportContext context, string input, PixelScale scale)
    {
        var centred = context.Node("Sub", InputNormalization + "_sub", [input, context.PerChannel(InputNormalization + "_mean", scale.Mean0, scale.Mean1, scale.Mean2)]).Output;
        return context.Node("Div", InputNormalization + "_div", [centred, context.PerChannel(InputNormalization + "_std", scale.Std0, scale.Std1, scale.Std2)]).Output;
    }

    internal static ValueInfoProto Declare(string name, Shape shape, bool matrix)
    {
        var dims = new TensorShapeProto();
        dims.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        foreach (var size in matrix ? [shape.C] : new[] { shape.C, shape.H, shape.W })
            dims.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = dims } } };
    }
}
