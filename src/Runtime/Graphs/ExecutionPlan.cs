namespace CudaNoisy.Runtime;

/// <summary>Where every activation, gradient and tangent of a graph lies in one block of memory, for one input shape and mode. Pure arithmetic.</summary>
/// <remarks>Time: node i runs forward at i, the loss at n, node i backward at 2n - i, kept tangents at 2n + 1 + i (interleaved ones at i).
/// Values whose lifetimes do not meet share memory; an op that can work in place does, where its input ends with it.</remarks>
public sealed class ExecutionPlan
{
    private readonly Graph _graph;
    private readonly ArenaPlanner _arena = new();
    private readonly int[] _producer;
    private readonly List<(int Node, int Input)>[] _consumers;

    private ExecutionPlan(Graph graph, Shape input, ExecutionMode mode, bool gathers)
    {
        _graph = graph;
        Mode = mode;
        Shapes = graph.Infer(input);
        Depends = graph.DependsOnParameters();
        Gathered = gathers && mode != ExecutionMode.Inference ? GatheredNorms.Of(graph, Depends) : GatheredNorms.None(graph);
        Activations = Filled(graph.ValueCount);
        Gradients = Filled(graph.ValueCount);
        Tangents = Filled(graph.ValueCount);
        Saved = Filled(graph.Nodes.Count);
        SavedIndices = Filled(graph.Nodes.Count);
        _producer = Enumerable.Repeat(-1, graph.ValueCount).ToArray();
        _consumers = [.. Enumerable.Range(0, graph.ValueCount).Select(_ => new List<(int, int)>())];
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            _producer[graph.Nodes[i].Output] = i;
            for (var j = 0; j < graph.Nodes[i].Inputs.Count; j++)
                _consumers[graph.Nodes[i].Inputs[j]].Add((i, j));
        }
    }

    /// <summary>The passes planned for.</summary>
    public ExecutionMode Mode { get; }

    /// <summary>Floats of memory.</summary>
    public long FloatLength { get; private set; }

    /// <summary>Integers of memory.</summary>
    public long IndexLength { get; private set; }

    internal Graph Graph => _graph;

    internal Shape[] Shapes { get; }

    internal bool[] Depends { get; }

    internal GatheredNorms Gathered { get; }

    internal long[] Activations { get; }

    internal long[] Gradients { get; }

    internal long[] Tangents { get; }

    internal long[] Saved { get; }

    internal long[] SavedIndices { get; }

    private int Count => _graph.Nodes.Count;

    private bool HasBackward => Mode != ExecutionMode.Inference;

    private bool HasTangents => Mode is ExecutionMode.KeptActivations or ExecutionMode.InterleavedTangents;

    private int Forever => (3 * Count) + 3;

    /// <summary>Plans.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="input">The input's shape, batch included.</param>
    /// <param name="mode">The passes wanted.</param>
    /// <param name="gathers">Whether it will run on a device that <see cref="Device.GathersNormalizations"/>, so that what is gathered needs no memory.</param>
    public static ExecutionPlan Create(Graph graph, Shape input, ExecutionMode mode, bool gathers = false)
    {
        var plan = new ExecutionPlan(mode == ExecutionMode.Inference ? GraphFusion.ForInference(graph) : graph, input, mode, gathers);
        var activations = plan.PlaceActivations();
        var gradients = plan.HasBackward ? plan.PlaceGradients() : [];
        var tangents = plan.HasTangents ? plan.PlaceTangents() : [];
        plan._arena.Solve();
        Read(activations, plan.Activations);
        Read(gradients, plan.Gradients);
        Read(tangents, plan.Tangents);
        plan.FloatLength = plan._arena.Length;
        plan.PlaceSaved();
        return plan;
    }

    /// <summary>Integers that a node's forward pass leaves.</summary>
    internal long IndicesLength(int node)
    {
        var (op, output) = (_graph.Nodes[node].Op, _graph.Nodes[node].Output);
        return op.SavedIndicesLength([.. _graph.Nodes[node].Inputs.Select(v => Shapes[v])]) + Gathered.FlagsLength(node, Shapes[output].Length);
    }

    private static long[] Filled(int length) => Enumerable.Repeat(-1L, length).ToArray();

    private static void Read(ArenaPlanner.Block?[] blocks, long[] offsets)
    {
        for (var v = 0; v < blocks.Length; v++)
            offsets[v] = blocks[v]?.Offset ?? -1;
    }

    private int BackwardTime(int node) => (2 * Count) - node;

    private int TangentTime(int node) => Mode == ExecutionMode.InterleavedTangents ? node : (2 * Count) + 1 + node;

    private ArenaPlanner.Block?[] PlaceActivations()
    {
        var ends = new int[_graph.ValueCount];
        for (var v = 0; v < ends.Length; v++)
        {
            var end = v == _graph.Output ? Count : _producer[v];
            foreach (var (node, input) in _consumers[v])
                end = Math.Max(end, HasBackward && _graph.Nodes[node].Op.ReadsInputLater(input) ? BackwardTime(Gathered.InputCotangent(node) ? node - 1 : node) : node);
            if (HasBackward && _producer[v] >= 0 && _graph.Nodes[_producer[v]].Op.ReadsOutputLater && Gathered.FlagsLength(_producer[v], Shapes[v].Length) == 0)
                end = Math.Max(end, BackwardTime(_producer[v]));
            ends[v] = Mode == ExecutionMode.KeptActivations ? Forever : end;
        }

        var blocks = new ArenaPlanner.Block?[_graph.ValueCount];
        blocks[0] = _arena.Add(-1, ends[0], Shapes[0].Length);
        for (var i = 0; i < Count; i++)
        {
            var node = _graph.Nodes[i];
            if (Gathered.Output(i))
                continue;
            var x = node.Inputs[0];
            var inPlace = node.Op.InPlaceForward && x != 0 && ends[x] == i && SingleUse(node, x);
            blocks[node.Output] = inPlace ? blocks[x]!.Extend(ends[node.Output]) : _arena.Add(i, ends[node.Output], Shapes[node.Output].Length);
        }

        return blocks;
    }

    private ArenaPlanner.Block?[] PlaceGradients()
    {
        var blocks = new ArenaPlanner.Block?[_graph.ValueCount];
        if (Depends[_graph.Output])
            blocks[_graph.Output] = _arena.Add(Count, BackwardTime(_producer[_graph.Output]), Shapes[_graph.Output].Length);
        for (var i = Count - 1; i >= 0; i--)
        {
            var node = _graph.Nodes[i];
            var taken = false;

            // A cotangent that the convolution in front gathers has no memory; what it is made of, this node's cotangent and its input, lives until then.
            var gathered = Gathered.InputCotangent(i) ? node.Inputs[0] : -1;
            if (gathered >= 0)
                blocks[node.Output]!.Extend(BackwardTime(i - 1));
            foreach (var j in node.Op.InPlaceGradients)
            {
                var v = node.Inputs[j];
                if (taken || v == gathered || !Depends[v] || blocks[v] is not null || !SingleUse(node, v))
                    continue;
                blocks[v] = blocks[node.Output]!.Extend(BackwardTime(_producer[v]));
                taken = true;
            }

            foreach (var v in node.Inputs)
            {
                if (Depends[v] && v != gathered)
                    blocks[v] ??= _arena.Add(BackwardTime(i), BackwardTime(_producer[v]), Shapes[v].Length);
            }
        }

        return blocks;
    }

    private ArenaPlanner.Block?[] PlaceTangents()
    {
        var blocks = new ArenaPlanner.Block?[_graph.ValueCount];
        for (var i = 0; i < Count; i++)
        {
            var node = _graph.Nodes[i];
            if (!Depends[node.Output])
                continue;
            var x = node.Inputs[0];
            var inPlace = node.Op.InPlaceForward && Depends[x] && TangentEnd(x) == TangentTime(i) && SingleUse(node, x);
            blocks[node.Output] = inPlace
                ? blocks[x]!.Extend(TangentEnd(node.Output))
                : _arena.Add(TangentTime(i), TangentEnd(node.Output), Shapes[node.Output].Length);
        }

        return blocks;
    }

    private int TangentEnd(int v) => v == _graph.Output
        ? Mode == ExecutionMode.InterleavedTangents ? Count : Forever
        : _consumers[v].Max(c => TangentTime(c.Node));

    private static bool SingleUse(GraphNode node, int value) => node.Inputs.Count(v => v == value) == 1;

    private void PlaceSaved()
    {
        for (var i = 0; i < Count; i++)
        {
            var node = _graph.Nodes[i];
            var inputs = node.Inputs.Select(v => Shapes[v]).ToArray();
            if (HasBackward && node.Op.SavedLength(inputs) is > 0 and var floats)
            {
                Saved[i] = FloatLength;
                FloatLength += ArenaPlanner.Align(floats);
            }

            if (IndicesLength(i) is > 0 and var indices)
            {
                SavedIndices[i] = IndexLength;
                IndexLength += ArenaPlanner.Align(indices);
            }
        }
    }
}
