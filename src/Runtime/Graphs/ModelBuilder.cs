namespace CudaNoisy.Runtime;

/// <summary>Builds a <see cref="Model"/> op by op.</summary>
public sealed class ModelBuilder
{
    private readonly string _source;
    private readonly List<GraphNode> _nodes = [];
    private readonly List<Shape> _shapes = [];
    private readonly List<float[]> _parameterValues = [];
    private readonly List<float[]> _stateValues = [];

    /// <summary>An empty model.</summary>
    /// <param name="source">Where it comes from, for messages.</param>
    public ModelBuilder(string source) => _source = source;

    /// <summary>Continues a model: a head on an encoder.</summary>
    public ModelBuilder(Model model)
        : this(model, model.Graph.Nodes)
    {
    }

    /// <summary>A model with other nodes, which use its parameters and number their values as it does.</summary>
    internal ModelBuilder(Model model, IEnumerable<GraphNode> nodes)
        : this(model.Source)
    {
        SetInput(model.Input);
        for (var i = 0; i < model.Parameters.Slices.Count; i++)
            AddParameter(model.Parameters.Slices[i].Name, model.Parameters.Slices[i].Dims, model.Parameters.Slices[i].Kind, model.ParameterValues[i]);
        for (var i = 0; i < model.State.Slices.Count; i++)
            AddState(model.State.Slices[i].Name, model.State.Slices[i].Dims, model.StateValues[i]);
        var shapes = model.Graph.Infer(model.Input);
        foreach (var node in nodes)
        {
            while (_shapes.Count < node.Output)
                _shapes.Add(default);
            _nodes.Add(node);
            _shapes.Add(shapes[node.Output]);
        }

        foreach (var (key, value) in model.Metadata)
            Metadata[key] = value;
        Output = model.Graph.Output;
    }

    /// <summary>The parameters so far.</summary>
    public ParameterLayout Parameters { get; } = new();

    /// <summary>The state so far.</summary>
    public ParameterLayout State { get; } = new();

    /// <summary>Notes to store with the model.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>The value added last, or the continued model's output.</summary>
    public int Output { get; private set; }

    /// <summary>Declares the input for one image; returns value 0.</summary>
    public int SetInput(Shape shape)
    {
        _shapes.Add(shape);
        return 0;
    }

    /// <summary>The shape of a value for one image.</summary>
    public Shape ShapeOf(int value) => _shapes[value];

    /// <summary>Adds a parameter; returns its slice.</summary>
    public int AddParameter(string name, IReadOnlyList<int> dims, ParameterKind kind, float[] values)
    {
        _parameterValues.Add(values);
        return Parameters.Add(name, dims, kind);
    }

    /// <summary>Adds a state slice; returns it.</summary>
    public int AddState(string name, IReadOnlyList<int> dims, float[] values)
    {
        _stateValues.Add(values);
        return State.Add(name, dims, ParameterKind.Plain);
    }

    /// <summary>Adds an op; returns its output value.</summary>
    public int Add(Op op, params IReadOnlyList<int> inputs)
    {
        var shapes = inputs.Select(i => _shapes[i]).ToArray();
        _shapes.Add(op.Infer(shapes));
        Output = _shapes.Count - 1;
        _nodes.Add(new GraphNode(op, inputs, Output));
        return Output;
    }

    /// <summary>The model that returns <paramref name="output"/>; nodes that it does not need are dropped.</summary>
    public Model Build(int output)
    {
        var needed = new HashSet<int> { output };
        var kept = new List<GraphNode>();
        for (var i = _nodes.Count - 1; i >= 0; i--)
        {
            if (!needed.Contains(_nodes[i].Output))
                continue;
            kept.Insert(0, _nodes[i]);
            needed.UnionWith(_nodes[i].Inputs);
        }

        var graph = new Graph(GraphFusion.Fuse(kept, output), output);
        return new Model(_source, _shapes[0], graph, Parameters, State, [.. _parameterValues], [.. _stateValues], new Dictionary<string, string>(Metadata));
    }
}
