using CudaNoisy.Runtime.Onnx.Proto;

namespace CudaNoisy.Runtime.Onnx;

/// <summary>Turns an ONNX file into a <see cref="Model"/> that can be trained.</summary>
/// <remarks>Opsets 9 to 20, as PyTorch's exporters write them. Shape arithmetic is folded; filters are transposed once; an operator
/// that cannot be trained through is an error that names the node and the operator.</remarks>
public static class OnnxImporter
{
    private const int MaxNodes = 100_000;
    private const int MaxSize = 1 << 16;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file cannot be read or cannot be trained through.</exception>
    public static Model Load(string path) => Import(OnnxFile.Read(path), path);

    /// <summary>Reads a file's bytes; <paramref name="name"/> is for errors.</summary>
    public static Model Parse(ReadOnlySpan<byte> bytes, string name) => Import(OnnxFile.Parse(bytes, name), name);

    private static Model Import(ModelProto model, string file)
    {
        var opset = model.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")?.Version ?? 0;
        if (opset is < 9 or > 20)
            throw new InputException($"{file}: opset 9 to 20 expected, {opset} came");
        var graph = model.Graph;
        if (graph.Node.Count > MaxNodes)
            throw new InputException($"{file}: at most {MaxNodes} nodes expected, {graph.Node.Count} came");
        var nodes = graph.Node.Select((n, i) => new OnnxNode(n, i, file)).ToArray();
        if (graph.Output.Count != 1)
            throw new InputException($"{file}: one output expected, {graph.Output.Count} came: {string.Join(", ", graph.Output.Select(o => o.Name))}");

        var builder = new ModelBuilder(file);
        var context = new ImportContext(builder, nodes, graph.Output.Select(o => o.Name));
        foreach (var initializer in graph.Initializer)
            context.SetConstant(initializer.Name, OnnxTensor.Read(initializer, file));
        SetInput(graph, builder, context, file);
        foreach (var node in Sort(nodes, context, file))
            ImportNode(node, context);

        var name = graph.Output[0].Name;
        var output = context.FindActivation(name) ?? throw new InputException($"{file}: output '{name}' computed from the input expected, it is not");
        foreach (var property in model.MetadataProps)
            builder.Metadata[property.Key] = property.Value;
        return builder.Build(output.Id);
    }

    private static void SetInput(GraphProto graph, ModelBuilder builder, ImportContext context, string file)
    {
        var inputs = graph.Input.Where(i => context.FindConstant(i.Name) is null).ToArray();
        if (inputs.Length != 1)
            throw new InputException($"{file}: one input expected, {inputs.Length} came: {string.Join(", ", inputs.Select(i => i.Name))}");
        var dims = inputs[0].Type?.TensorType?.Shape?.Dim;
        if (dims is null || dims.Count is not (2 or 4))
            throw new InputException($"{file}: input '{inputs[0].Name}': 4 dimensions (N,C,H,W) or 2 (N,C) expected, {dims?.Count ?? 0} came");
        if (inputs[0].Type.TensorType.ElemType != 1)
            throw new InputException($"{file}: input '{inputs[0].Name}': float expected, element type {inputs[0].Type.TensorType.ElemType} came");
        var sizes = dims.Select((d, i) => i == 0 ? 1 : Size(d, i)).ToArray();
        var shape = dims.Count == 4 ? new Shape(1, sizes[2], sizes[3], sizes[1]) : new Shape(1, 1, 1, sizes[1]);
        context.SetInput(inputs[0].Name, new ImportedValue(builder.SetInput(shape), shape, dims.Count));

        int Size(TensorShapeProto.Types.Dimension dim, int axis) => dim.DimValue is > 0 and <= MaxSize
            ? (int)dim.DimValue
            : throw new InputException(
                $"{file}: input '{inputs[0].Name}': a fixed size from 1 to {MaxSize} in dimension {axis} expected, " +
                $"{(dim.DimParam.Length > 0 ? $"'{dim.DimParam}'" : dim.DimValue.ToString(System.Globalization.CultureInfo.InvariantCulture))} came");
    }

    private static void ImportNode(OnnxNode node, ImportContext context)
    {
        if (context.IsTaken(node))
            return;
        if (node.Domain is not ("" or "ai.onnx"))
            throw node.Error($"an operator of ONNX's own domain expected, domain '{node.Domain}' came");
        var given = node.Inputs.Where(i => i.Length > 0).ToArray();
        if (node.OpType == "Shape" && given.Length == 1 && context.FindActivation(given[0]) is { } value)
        {
            context.SetConstant(node.Outputs[0], ConstantFolder.ShapeOf(node, value));
        }
        else if (node.OpType == "Shape" && given.Length == 1 && context.FindConstant(given[0]) is { } constant)
        {
            context.SetConstant(node.Outputs[0], OnnxTensor.Vector([.. constant.Dims.Select(d => (long)d)]));
        }
        else if (ConstantFolder.Knows(node.OpType) && given.All(i => context.FindConstant(i) is not null) && node.Outputs.Count > 0)
        {
            context.SetConstant(node.Outputs[0], ConstantFolder.Fold(node, [.. given.Select(i => context.FindConstant(i)!)]));
        }
        else if (OperatorRegistry.Find(node.OpType) is { } import)
        {
            import(node, context);
        }
        else
        {
            throw node.Error($"an operator that can be trained through expected ({string.Join(", ", OperatorRegistry.Names)})");
        }
    }

    /// <summary>Kahn's algorithm in file order; ONNX demands sorted nodes, but a wrong order is repaired and a cycle named.</summary>
    private static List<OnnxNode> Sort(OnnxNode[] nodes, ImportContext context, string file)
    {
        var producer = new Dictionary<string, int>();
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var output in nodes[i].Outputs.Where(o => o.Length > 0))
            {
                if (!producer.TryAdd(output, i))
                    throw nodes[i].Error($"a value written once expected, '{output}' is written twice");
            }
        }

        var waiting = new int[nodes.Length];
        var consumers = new List<int>[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var input in nodes[i].Inputs.Where(n => n.Length > 0).Distinct())
            {
                if (producer.TryGetValue(input, out var from))
                {
                    (consumers[from] ??= []).Add(i);
                    waiting[i]++;
                }
                else if (!context.IsKnown(input))
                {
                    throw nodes[i].Error($"input '{input}' produced by a node, an initializer or the graph's input expected, nothing produces it");
                }
            }
        }

        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, nodes.Length).Where(i => waiting[i] == 0).Select(i => (i, i)));
        var sorted = new List<OnnxNode>(nodes.Length);
        while (ready.TryDequeue(out var i, out _))
        {
            sorted.Add(nodes[i]);
            foreach (var next in consumers[i] ?? [])
            {
                if (--waiting[next] == 0)
                    ready.Enqueue(next, next);
            }
        }

        if (sorted.Count == nodes.Length)
            return sorted;
        var stuck = nodes[Array.FindIndex(waiting, w => w > 0)];
        throw new InputException($"{file}: a graph without cycles expected, node '{stuck.Name}' ({stuck.OpType}) depends on itself");
    }
}
