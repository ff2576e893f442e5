using CudaNoisy.Kernels;
using CudaNoisy.Runtime.Onnx.Proto;
using Google.Protobuf;

namespace CudaNoisy.Runtime.Onnx;

/// <summary>Puts a head on any ONNX encoder, also on one that cannot be imported: its nodes stay as they are.</summary>
public static class OnnxHead
{
    private const int AxesAreInputs = 18;
    private const string Pooled = "head_pool";

    /// <summary>The classifier's file: images in [0,1] to logits.</summary>
    /// <param name="encoder">The encoder's file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="output">The output that the head works on.</param>
    /// <param name="head">A network of features, with the classifier's metadata.</param>
    /// <param name="scale">What the encoder wants as its input; put in front of it.</param>
    /// <exception cref="InputException">The encoder has such a head already.</exception>
    public static byte[] Attach(byte[] encoder, string name, EncoderOutput output, Model head, PixelScale scale)
    {
        var file = OnnxFile.Parse(encoder, name);
        var graph = file.Graph;
        if (graph.Initializer.Any(i => head.Parameters.IndexOf(i.Name) >= 0))
            throw new InputException($"{name}: an encoder without a head expected, one with {Heads.Prefix} came; export the encoder: cudanoisy export RUN --what encoder");
        if (scale != PixelScale.Unit)
            Normalize(graph, head, scale);
        var opset = (int)(file.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")?.Version ?? 0);
        var context = new ExportContext(head, graph);
        var names = new Dictionary<int, string> { [0] = Rows(context, output, opset) };
        foreach (var node in head.Graph.Nodes)
            names[node.Output] = node.Op.Export(context, [.. node.Inputs.Select(i => names[i])]);
        graph.Node[^1].Output[0] = "logits";
        graph.Output.Clear();
        graph.Output.Add(OnnxExporter.Declare("logits", head.Output, matrix: true));
        foreach (var (key, value) in head.Metadata)
            Note(file, key, value);
        return file.ToByteArray();
    }

    private static void Normalize(GraphProto graph, Model head, PixelScale scale)
    {
        var input = graph.Input.First(i => graph.Initializer.All(t => t.Name != i.Name)).Name;
        var front = new GraphProto();
        var normalized = OnnxExporter.Normalize(new ExportContext(head, front), input, scale);
        foreach (var node in graph.Node)
        {
            for (var i = 0; i < node.Input.Count; i++)
                node.Input[i] = node.Input[i] == input ? normalized : node.Input[i];
        }

        for (var i = front.Node.Count - 1; i >= 0; i--)
            graph.Node.Insert(0, front.Node[i]);
        graph.Initializer.AddRange(front.Initializer);
    }

    /// <summary>The features as rows (N,C).</summary>
    private static string Rows(ExportContext context, EncoderOutput output, int opset)
    {
        if (output.Rank == 4)
            return context.Node("Flatten", Pooled + "_rows", [context.Node("GlobalAveragePool", Pooled, [output.Name]).Output]).With("axis", 1).Output;
        if (output.Rank == 2)
            return output.Name;
        if (output.Pool == "cls")
            return context.Node("Flatten", Pooled, [context.Node("Gather", Pooled + "_first", [output.Name, context.Constant(Pooled + "_index", 0)]).With("axis", 1).Output]).With("axis", 1).Output;
        return opset >= AxesAreInputs
            ? context.Node("ReduceMean", Pooled, [output.Name, context.Constant(Pooled + "_axes", 1)]).With("keepdims", 0).Output
            : context.Node("ReduceMean", Pooled, [output.Name]).With("axes", [1]).With("keepdims", 0).Output;
    }

    private static void Note(ModelProto file, string key, string value)
    {
        if (file.MetadataProps.FirstOrDefault(p => p.Key == key) is { } property)
            property.Value = value;
        else
            file.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }
}
