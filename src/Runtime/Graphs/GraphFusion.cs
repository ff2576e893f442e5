namespace CudaNoisy.Runtime;

/// <summary>Merges nodes where that saves passes over memory: batch-norm with the addition and ReLU behind it, subsampling with channel padding.</summary>
internal static class GraphFusion
{
    public static List<GraphNode> Fuse(IReadOnlyList<GraphNode> source, int output)
    {
        var nodes = source.ToList();
        while (FuseOne(nodes, output))
        {
        }

        return nodes;
    }

    /// <summary>The graph in which a convolution and the batch-norm behind it are one node, at the batch-norm's place: forward only, with running statistics.</summary>
    public static Graph ForInference(Graph graph)
    {
        var consumers = graph.Nodes.SelectMany(n => n.Inputs.Select(i => (i, n))).ToLookup(p => p.i, p => p.n);
        var fused = graph.Nodes
            .Where(n => n.Op is Conv2d { Bias: < 0 } && n.Output != graph.Output && consumers[n.Output].ToArray() is [{ Op: BatchNorm } norm] && norm.Inputs[0] == n.Output)
            .ToDictionary(n => n.Output);
        var nodes = graph.Nodes.Where(n => !fused.ContainsKey(n.Output)).Select(n => n.Op is BatchNorm norm && fused.TryGetValue(n.Inputs[0], out var conv)
            ? new GraphNode(new NormalizedConv2d { Name = norm.Name, Conv = (Conv2d)conv.Op, Norm = norm }, [conv.Inputs[0], .. n.Inputs.Skip(1)], n.Output)
            : n);
        return new Graph([.. nodes], graph.Output);
    }

    private static bool FuseOne(List<GraphNode> nodes, int output)
    {
        var consumers = nodes.SelectMany(n => n.Inputs.Select(i => (i, n))).ToLookup(p => p.i, p => p.n);
        for (var at = 0; at < nodes.Count; at++)
        {
            var first = nodes[at];
            if (first.Output == output || consumers[first.Output].ToArray() is not [var next])
                continue;
            var merged = (first.Op, next.Op) switch
            {
                (Subsample a, Subsample b) => new GraphNode(a.Then(b), first.Inputs, next.Output),
                (BatchNorm { Relu: false } norm, Relu) => new GraphNode(norm.Fuse(norm.HasResidual, true), first.Inputs, next.Output),
                (BatchNorm { Relu: false, HasResidual: false } norm, Add) => WithResidual(nodes, first, norm, next, at),
                _ => null,
            };
            if (merged is null)
                continue;

            // The merged node stands where the later of the two stood: all its inputs are there.
            nodes[nodes.IndexOf(next)] = merged;
            nodes.RemoveAt(at);
            return true;
        }

        return false;
    }

    private static GraphNode? WithResidual(List<GraphNode> nodes, GraphNode first, BatchNorm norm, GraphNode add, int at)
    {
        var residual = add.Inputs[0] == first.Output ? add.Inputs[1] : add.Inputs[0];

        // Two batch-norms meet in a projection shortcut: the later one takes the addition, so that the earlier one's output is there.
        var later = nodes.FindIndex(n => n.Output == residual);
        if (residual == first.Inputs[0] || residual == first.Output || later > at)
            return null;
        return new GraphNode(norm.Fuse(true, false), [first.Inputs[0], residual], add.Output);
    }
}
