namespace CudaNoisy.Runtime;

/// <summary>A graph bound to memory and parameters: the loops forward, backward and tangent. A steady-state pass allocates nothing.</summary>
public sealed class Execution : IDisposable
{
    private readonly ExecutionPlan _plan;
    private readonly GraphNode[] _nodes;
    private readonly OpContext[] _contexts;
    private readonly Recording _forward;
    private readonly Recording _forwardWithTangents;
    private readonly Recording _tangents;
    private readonly Recording _backward;
    private readonly Recording _addingBackward;
    private readonly RunningUpdate? _running;

    /// <summary>Binds a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="workspace">Memory for it; whatever another execution left there is overwritten.</param>
    /// <param name="values">The parameters.</param>
    /// <param name="state">Running statistics.</param>
    /// <param name="gradients">Where backward passes leave the parameters' gradients; null where none will run.</param>
    /// <param name="tangents">The parameters' tangents; null where no tangent pass will run.</param>
    public Execution(ExecutionPlan plan, Workspace workspace, ParameterBuffer values, ParameterBuffer state, ParameterBuffer? gradients = null, ParameterBuffer? tangents = null)
    {
        _plan = plan;
        _nodes = [.. plan.Graph.Nodes];
        _contexts = [.. _nodes.Select((node, i) => Bind(node, i, workspace))];
        foreach (var context in _contexts)
        {
            context.Values = values;
            context.State = state;
            context.Gradients = gradients;
            context.Tangents = tangents;
        }

        if (plan.Mode != ExecutionMode.Inference)
        {
            LinkMoments();
            LinkSums();
            LinkGathered();
            var norms = _nodes.Zip(_contexts).Where(n => n.First.Op is BatchNorm).Select(n => ((BatchNorm)n.First.Op).Running(n.Second)).ToArray();
            _running = norms.Length > 0 ? workspace.Device.Normalization.PrepareRunning(norms) : null;
        }

        var device = workspace.Device;
        _forward = device.Record(RunForward);
        _forwardWithTangents = device.Record(RunForwardWithTangents);
        _tangents = device.Record(RunTangents);
        _backward = device.Record(() => RunBackward(true));
        _addingBackward = device.Record(() => RunBackward(false));
        Input = At(workspace, plan.Activations, 0);
        Output = At(workspace, plan.Activations, plan.Graph.Output);
        OutputGradient = At(workspace, plan.Gradients, plan.Graph.Output);
        OutputTangent = At(workspace, plan.Tangents, plan.Graph.Output);
    }

    /// <summary>The input; fill it before a forward pass.</summary>
    public Tensor Input { get; }

    /// <summary>The output.</summary>
    public Tensor Output { get; }

    /// <summary>The output's cotangent; fill it before a backward pass, which may overwrite it.</summary>
    public Tensor OutputGradient { get; }

    /// <summary>The output's tangent.</summary>
    public Tensor OutputTangent { get; }

    /// <summary>Output from Input. Running statistics do not move.</summary>
    public void Forward() => _forward.Play();

    /// <summary>Output and OutputTangent, op by op.</summary>
    public void ForwardWithTangents() => _forwardWithTangents.Play();

    /// <summary>OutputTangent along the parameters' tangents, after a forward pass whose activations are still there.</summary>
    public void Tangents() => _tangents.Play();

    /// <summary>The parameters' gradients from OutputGradient. Those of parameters that no node uses stay as they are.</summary>
    /// <param name="accumulate">Add to the gradients that are there instead of overwriting them.</param>
    public void Backward(bool accumulate = false) => (accumulate ? _addingBackward : _backward).Play();

    /// <summary>Moves the running statistics towards the batch statistics of the last forward pass.</summary>
    public void UpdateRunningStatistics() => _running?.Launch();

    /// <inheritdoc/>
    public void Dispose()
    {
        _forward.Dispose();
        _forwardWithTangents.Dispose();
        _tangents.Dispose();
        _backward.Dispose();
        _addingBackward.Dispose();
        _running?.Dispose();
    }

    private void RunForward()
    {
        for (var i = 0; i < _nodes.Length; i++)
            _nodes[i].Op.Forward(_contexts[i]);
    }

    private void RunForwardWithTangents()
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            _nodes[i].Op.Forward(_contexts[i]);
            if (_plan.Depends[_nodes[i].Output])
                _nodes[i].Op.Jvp(_contexts[i]);
        }
    }

    private void RunTangents()
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            if (_plan.Depends[_nodes[i].Output])
                _nodes[i].Op.Jvp(_contexts[i]);
        }
    }

    private void RunBackward(bool overwrites)
    {
        // First in all: convolutions ask the contexts of batch-norms before them.
        foreach (var context in _contexts)
            context.Overwrites = overwrites;

        for (var i = _nodes.Length - 1; i >= 0; i--)
        {
            if (_plan.Depends[_nodes[i].Output])
                _nodes[i].Op.Backward(_contexts[i]);
        }
    }

    private static Tensor At(Workspace workspace, long[] offsets, int value, Shape shape) =>
        offsets[value] < 0 ? default : new Tensor(shape, new DeviceView<float>(workspace.Floats, offsets[value], shape.Length));

    private Tensor At(Workspace workspace, long[] offsets, int value) => At(workspace, offsets, value, _plan.Shapes[value]);

    private OpContext Bind(GraphNode node, int index, Workspace workspace)
    {
        var inputs = node.Inputs.Select(v => _plan.Shapes[v]).ToArray();
        var context = new OpContext(workspace.Device, inputs.Length)
        {
            Y = At(workspace, _plan.Activations, node.Output),
            Dy = At(workspace, _plan.Gradients, node.Output),
            YDot = At(workspace, _plan.Tangents, node.Output),
            Training = _plan.Mode != ExecutionMode.Inference,
            SharedSlices = [.. node.Op.ParameterSlices.Where(s => _nodes.Skip(index + 1).Any(n => n.Op.ParameterSlices.Contains(s)))],
            Saved = _plan.Saved[index] < 0 ? default : new DeviceView<float>(workspace.Floats, _plan.Saved[index], node.Op.SavedLength(inputs)),
            SavedIndices = _plan.SavedIndices[index] < 0 ? default : new DeviceView<int>(workspace.Indices, _plan.SavedIndices[index], _plan.IndicesLength(index)),
        };
        for (var j = 0; j < inputs.Length; j++)
        {
            var v = node.Inputs[j];
            context.X[j] = _plan.Gathered.IsGathered(v) ? new Tensor(inputs[j], default) : At(workspace, _plan.Activations, v);
            context.Dx[j] = At(workspace, _plan.Gradients, v);
            context.XDot[j] = At(workspace, _plan.Tangents, v);
            context.Accumulate[j] = v == _plan.Graph.Output || IsWrittenBefore(index, j, v);
        }

        return context;
    }

    /// <summary>True where the backward pass has already written the gradient of a value: a later node did, or this one for a later input.</summary>
    private bool IsWrittenBefore(int node, int input, int value) =>
        _nodes.Skip(node + 1).Any(n => n.Inputs.Contains(value)) || _nodes[node].Inputs.Skip(input + 1).Contains(value);

    private void LinkMoments()
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            if (_nodes[i].Op is not BatchNorm norm)
                continue;
            var x = _nodes[i].Inputs[0];
            var producer = Array.FindIndex(_nodes, n => n.Output == x);
            if (producer < 0 || _nodes[producer].Op is not Conv2d { Bias: < 0 } || _nodes.Count(n => n.Inputs.Contains(x)) != 1 || x == _plan.Graph.Output)
                continue;
            _contexts[producer].OutputNorm = (norm, _contexts[i]);
            _contexts[i].MomentsReady = true;
        }
    }

    /// <summary>Backward passes end with a value's first reader. Where that is a convolution and a batch-norm made the value, it makes the batch-norm's sums too.</summary>
    private void LinkSums()
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            var reader = _plan.Graph.FirstReader(_nodes[i].Output);
            if (_nodes[i].Op is not BatchNorm norm || reader < 0 || _nodes[reader].Op is not Conv2d || _contexts[reader].Dx[0].IsEmpty)
                continue;
            _contexts[reader].InputNorm = (norm, _contexts[i]);
            _contexts[i].IsReduced = true;
        }
    }

    private void LinkGathered()
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            if (_nodes[i].Op is not BatchNorm norm)
                continue;
            if (_plan.Gathered.Output(i))
            {
                _contexts[i].IsOutputGathered = true;
                foreach (var reader in _plan.Graph.Readers(_nodes[i].Output))
                    _contexts[reader].GatheredInput = (norm, _contexts[i]);
            }

            if (_plan.Gathered.InputCotangent(i))
            {
                _contexts[i].IsCotangentGathered = true;
                _contexts[i - 1].GatheredCotangent = (norm, _contexts[i]);
            }
        }
    }
}
