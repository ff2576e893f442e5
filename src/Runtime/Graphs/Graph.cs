namespace CudaNoisy.Runtime;

/// <summary>Ops in an order in which every value is written before it is read. Value 0 is the input.</summary>
public sealed class Graph
{
    internal Graph(IReadOnlyList<GraphNode> nodes, int output)
    {
        Nodes = nodes;
        Output = output;
        ValueCount = nodes.Count == 0 ? 1 : nodes.Max(n => n.Output) + 1;
    }

    /// <summary>The nodes, sorted.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>The value the graph returns.</summary>
    public int Output { get; }

    /// <summary>Values are numbered from 0 to this, exclusive; fused ones leave gaps.</summary>
    public int ValueCount { get; }

    /// <summary>The shape of every value for one input shape; default where a number is not used.</summary>
    /// <exception cref="InputException">An op does not fit its inputs.</exception>
    public Shape[] Infer(Shape input)
    {
        var shapes = new Shape[ValueCount];
        shapes[0] = input;
        foreach (var node in Nodes)
        {
            var inputs = new Shape[node.Inputs.Count];
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = shapes[node.Inputs[i]];
            shapes[node.Output] = node.Op.Infer(inputs);
        }

        return shapes;
    }

    /// <summary>Per value: whether it depends on a trainable parameter, so that it has a gradient and a tangent.</summary>
    public bool[] DependsOnParameters()
    {
        var depends = new bool[ValueCount];
        foreach (var node in Nodes)
            depends[node.Output] = node.Op.ParameterSlices.Count > 0 || node.Inputs.Any(i => depends[i]);
        return depends;
    }

    /// <summary>The first node that reads a value, which is the last to add to its gradient; -1: none does.</summary>
    public int FirstReader(int value) => Readers(value) is [var first, ..] ? first : -1;

    /// <summary>The nodes that read a value, in order; one that reads it twice is there twice.</summary>
    public IReadOnlyList<int> Readers(int value) =>
        [.. Enumerable.Range(0, Nodes.Count).SelectMany(i => Nodes[i].Inputs.Where(v => v == value).Select(_ => i))];

    /// <summary>The node that makes a value; -1 for the input.</summary>
    public int Producer(int value)
    {
        for (var i = 0; i < Nodes.Count; i++)
        {
            if (Nodes[i].Output == value)
                return i;
        }

        return -1;
    }
}
