using CudaNoisy.Runtime.Onnx.Proto;

namespace CudaNoisy.Runtime.Onnx;

/// <summary>What the ops' exporters see: the graph that is being written.</summary>
internal sealed class ExportContext(Model model, GraphProto graph)
{
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _rank2 = [];

    public NodeBuilder Node(string type, string name, IReadOnlyList<string> inputs)
    {
        var unique = name;
        for (var i = 2; !_names.Add(unique); i++)
            unique = $"{name}_{i}";
        var node = new NodeProto { OpType = type, Name = unique };
        node.Input.AddRange(inputs);
        node.Output.Add(unique + "_output");
        graph.Node.Add(node);
        return new NodeBuilder(node);
    }

    public string Parameter(int slice)
    {
        var s = model.Parameters.Slices[slice];
        return Initializer(s.Name, OnnxTensor.Of([.. s.Dims], model.ParameterValues[slice]));
    }

    public string StateValue(int slice, int[]? dims = null)
    {
        var s = model.State.Slices[slice];
        return Initializer(s.Name, OnnxTensor.Of(dims ?? [.. s.Dims], model.StateValues[slice]));
    }

    /// <summary>A constant (1,C,1,1).</summary>
    public string PerChannel(string name, params float[] values) => Initializer(name, OnnxTensor.Of([1, values.Length, 1, 1], values));

    public string Constant(string name, params long[] values) => Initializer(name, OnnxTensor.Vector(values));

    public string Constant(string name, float value) => Initializer(name, OnnxTensor.Of([], new[] { value }));

    public bool IsRank2(string value) => _rank2.Contains(value);

    public void SetRank2(string value) => _rank2.Add(value);

    private string Initializer(string name, OnnxTensor tensor)
    {
        if (graph.Initializer.All(i => i.Name != name))
            graph.Initializer.Add(tensor.Write(name));
        return name;
    }
}
