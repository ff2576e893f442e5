namespace CudaNoisy.Runtime;

/// <summary>A network and its values: graph, named parameters, running statistics and metadata. Host memory only; see <see cref="Execution"/>.</summary>
public sealed class Model
{
    internal Model(string source, Shape input, Graph graph, ParameterLayout parameters, ParameterLayout state, float[][] parameterValues, float[][] stateValues, Dictionary<string, string> metadata)
    {
        Source = source;
        Input = input;
        Graph = graph;
        Parameters = parameters;
        State = state;
        ParameterValues = parameterValues;
        StateValues = stateValues;
        Metadata = metadata;
        Output = graph.Infer(input)[graph.Output];
    }

    /// <summary>The file it came from, for messages.</summary>
    public string Source { get; }

    /// <summary>The input's shape for one image.</summary>
    public Shape Input { get; }

    /// <summary>The output's shape for one image.</summary>
    public Shape Output { get; }

    /// <summary>The network.</summary>
    public Graph Graph { get; }

    /// <summary>The trainable parameters' names and places.</summary>
    public ParameterLayout Parameters { get; }

    /// <summary>The names and places of what is kept but not trained: running statistics.</summary>
    public ParameterLayout State { get; }

    /// <summary>One array a parameter, in ONNX's order.</summary>
    public float[][] ParameterValues { get; }

    /// <summary>One array a state slice, in ONNX's order.</summary>
    public float[][] StateValues { get; }

    /// <summary>Key-value notes stored in the file.</summary>
    public Dictionary<string, string> Metadata { get; }

    /// <summary>True where no batch-norm is left: it was folded into the convolutions, so that fine-tuning differs from the original network's.</summary>
    public bool IsFolded => Graph.Nodes.Any(n => n.Op is Conv2d) && !Graph.Nodes.Any(n => n.Op is BatchNorm);

    /// <summary>The trainable parameters' number.</summary>
    public long ParameterCount => Parameters.Slices.Sum(s => (long)s.Length);

    /// <summary>The same network with other values, one array a slice in ONNX's order.</summary>
    public Model WithValues(float[][] parameters, float[][] state) => new(Source, Input, Graph, Parameters, State, parameters, state, new Dictionary<string, string>(Metadata));
}
