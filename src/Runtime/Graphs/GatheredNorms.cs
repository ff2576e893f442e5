namespace CudaNoisy.Runtime;

/// <summary>Which batch-norms of a graph leave something unwritten or unread in training, on a device that <see cref="Device.GathersNormalizations"/>.</summary>
public sealed class GatheredNorms
{
    private readonly Graph _graph;
    private readonly bool[] _outputs;
    private readonly bool[] _cotangents;
    private readonly bool[] _flags;

    private GatheredNorms(Graph graph)
    {
        _graph = graph;
        _outputs = new bool[graph.Nodes.Count];
        _cotangents = new bool[graph.Nodes.Count];
        _flags = new bool[graph.Nodes.Count];
    }

    /// <summary>None.</summary>
    public static GatheredNorms None(Graph graph) => new(graph);

    /// <summary>All that can be.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="depends">Per value: whether it has a gradient.</param>
    public static GatheredNorms Of(Graph graph, bool[] depends)
    {
        var result = new GatheredNorms(graph);
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            if (graph.Nodes[i].Op is not BatchNorm norm)
                continue;
            result._outputs[i] = result.HasGatheredOutput(graph.Nodes[i], norm);
            result._flags[i] = norm is { Relu: true, HasResidual: true } && NormalizationTable.Fits(norm.Channels);
            result._cotangents[i] = i > 0 && result.HasGatheredCotangent(i, norm, depends);
        }

        return result;
    }

    /// <summary>Whether a node is a batch-norm whose output lies nowhere.</summary>
    public bool Output(int node) => _outputs[node];

    /// <summary>Whether a node is a batch-norm whose input's cotangent lies nowhere.</summary>
    public bool InputCotangent(int node) => _cotangents[node];

    /// <summary>Integers of the flags that a batch-norm keeps for the mask of the ReLU behind its residual, so that its backward pass need not read its output; 0 where it keeps none.</summary>
    /// <param name="node">The node.</param>
    /// <param name="elements">Elements of its output.</param>
    public long FlagsLength(int node, long elements) => _flags[node] ? ReluMask.FlagsLength(elements) : 0;

    /// <summary>Whether a value lies nowhere.</summary>
    public bool IsGathered(int value) => _graph.Producer(value) is >= 0 and var producer && _outputs[producer];

    /// <summary>It has no residual, and only convolutions read it if a ReLU ends it, only another batch-norm as its residual if none does.</summary>
    private bool HasGatheredOutput(GraphNode node, BatchNorm norm)
    {
        var readers = _graph.Readers(node.Output);
        if (norm.HasResidual || node.Output == _graph.Output || readers.Count == 0)
            return false;
        return norm.Relu
            ? readers.All(r => Gathers(_graph.Nodes[r].Op))
            : readers is [var reader] && _graph.Nodes[reader] is { Op: BatchNorm { HasResidual: true }, Inputs: var inputs } && inputs[1] == node.Output && NormalizationTable.Fits(norm.Channels);
    }

    /// <summary>The convolution in front makes nothing else and runs right behind it in the backward pass, so that nothing changes g in between; a residual's cotangent is g and is not what that convolution adds to.</summary>
    private bool HasGatheredCotangent(int index, BatchNorm norm, bool[] depends)
    {
        var (node, producer) = (_graph.Nodes[index], _graph.Nodes[index - 1]);
        var x = node.Inputs[0];
        if (producer.Output != x || producer.Op is not Conv2d { Bias: < 0 } || !Gathers(producer.Op) || x == _graph.Output || _graph.Readers(x).Count != 1)
            return false;
        if (!norm.HasResidual || !depends[node.Inputs[1]])
            return true;
        var residual = node.Inputs[1];
        return residual != _graph.Output && residual != producer.Inputs[0] && _graph.Readers(residual).All(r => r <= index);
    }

    private static bool Gathers(Op op) => op is Conv2d conv && NormalizationTable.Fits(conv.InputChannels) && NormalizationTable.Fits(conv.OutputChannels);
}
