namespace CudaNoisy.Runtime.Onnx;

/// <summary>What the ops' importers see: the values known so far and the graph that is being built.</summary>
internal sealed class ImportContext
{
    private readonly Dictionary<string, ImportedValue> _activations = [];
    private readonly Dictionary<string, OnnxTensor> _constants = [];
    private readonly ILookup<string, OnnxNode> _consumers;
    private readonly HashSet<OnnxNode> _taken = [];
    private readonly Dictionary<OnnxNode, string> _absorbed = [];
    private readonly HashSet<string> _outputs;

    public ImportContext(ModelBuilder model, IReadOnlyList<OnnxNode> nodes, IEnumerable<string> outputs)
    {
        Model = model;
        _consumers = nodes.SelectMany(n => n.Inputs.Where(i => i.Length > 0).Distinct().Select(i => (i, n))).ToLookup(p => p.i, p => p.n);
        _outputs = [.. outputs];
    }

    public ModelBuilder Model { get; }

    public void SetInput(string name, ImportedValue value) => _activations[name] = value;

    public void SetConstant(string name, OnnxTensor value) => _constants[name] = value;

    public bool IsKnown(string name) => name.Length == 0 || _activations.ContainsKey(name) || _constants.ContainsKey(name);

    /// <summary>True for a node that an earlier one has absorbed.</summary>
    public bool IsTaken(OnnxNode node) => _taken.Contains(node);

    public bool IsActivation(OnnxNode node, int index) => node.HasInput(index) && _activations.ContainsKey(node.Inputs[index]);

    public ImportedValue? FindActivation(string name) => _activations.GetValueOrDefault(name);

    public OnnxTensor? FindConstant(string name) => _constants.GetValueOrDefault(name);

    public ImportedValue Activation(OnnxNode node, int index) => node.HasInput(index) && _activations.TryGetValue(node.Inputs[index], out var value)
        ? value
        : throw node.Error($"a computed input {index} expected, {Describe(node, index)} came");

    public OnnxTensor Constant(OnnxNode node, int index) => node.HasInput(index) && _constants.TryGetValue(node.Inputs[index], out var value)
        ? value
        : throw node.Error($"a constant input {index} expected, {Describe(node, index)} came");

    /// <summary>Makes a constant a trainable parameter; it keeps its ONNX name.</summary>
    public int Parameter(OnnxNode node, int index, ParameterKind kind)
    {
        var constant = Constant(node, index);
        var floats = constant.Floats ?? throw node.Error($"floats expected in '{node.Inputs[index]}'");
        return Model.AddParameter(UniqueName(node, index, Model.Parameters), constant.Dims, kind, floats);
    }

    /// <summary>Makes a constant a value that is not trained; it keeps its ONNX name.</summary>
    public int State(OnnxNode node, int index)
    {
        var constant = Constant(node, index);
        var floats = constant.Floats ?? throw node.Error($"floats expected in '{node.Inputs[index]}'");
        return Model.AddState(UniqueName(node, index, Model.State), constant.Dims, floats);
    }

    public int FixedState(string name, float[] values) => Model.AddState(name, [values.Length], values);

    /// <summary>Adds the op; its inputs are the node's computed inputs, or the one named by <paramref name="input"/>.</summary>
    public void Add(OnnxNode node, Op op, int rank = 0, int input = -1)
    {
        if (node.OutputCount != 1)
            throw node.Error($"one output expected, {node.OutputCount} came");
        var inputs = input >= 0
            ? [Activation(node, input)]
            : Enumerable.Range(0, node.InputCount).Where(i => IsActivation(node, i)).Select(i => Activation(node, i)).ToArray();
        Shape shape;
        try
        {
            shape = op.Infer([.. inputs.Select(i => i.Shape)]);
            _ = shape.Length;
        }
        catch (OverflowException)
        {
            throw node.Error("dimensions of at most 2^31 expected, larger ones came");
        }

        var id = Model.Add(op, [.. inputs.Select(i => i.Id)]);
        _activations[node.Outputs[0]] = new ImportedValue(id, shape, rank > 0 ? rank : inputs[0].Rank);
    }

    /// <summary>The node does nothing: its output is its first input.</summary>
    public void Alias(OnnxNode node) => _activations[node.Outputs[0]] = Activation(node, 0);

    /// <summary>Absorbs an Add of a constant vector that is the only consumer of the node's output; returns the bias's slice, or -1.</summary>
    public int TakeFollowingBias(OnnxNode node, Func<OnnxTensor, bool> fits)
    {
        var consumers = _consumers[node.Outputs[0]].ToArray();
        if (consumers is not [{ OpType: "Add" } add] || _outputs.Contains(node.Outputs[0]))
            return -1;
        var index = add.Inputs[0] == node.Outputs[0] ? 1 : 0;
        if (!_constants.TryGetValue(add.Inputs[index], out var constant) || !fits(constant))
            return -1;
        _taken.Add(add);
        _absorbed[node] = add.Outputs[0];
        return Parameter(add, index, ParameterKind.Plain);
    }

    /// <summary>Gives the absorbed node's output the absorbing node's value.</summary>
    public void Complete(OnnxNode node)
    {
        if (_absorbed.TryGetValue(node, out var output))
            _activations[output] = _activations[node.Outputs[0]];
    }

    private static string UniqueName(OnnxNode node, int index, ParameterLayout layout)
    {
        // Exporters merge equal initializers; each operator trains its own copy.
        var name = node.Inputs[index];
        return layout.IndexOf(name) < 0 ? name : $"{name}@{node.Name}";
    }

    private string Describe(OnnxNode node, int index) => !node.HasInput(index)
        ? "none"
        : _activations.ContainsKey(node.Inputs[index]) ? $"the computed '{node.Inputs[index]}'" : $"the constant '{node.Inputs[index]}'";
}
