namespace CudaNoisy.Runtime;

/// <summary>Classifier heads on encoders.</summary>
public static class Heads
{
    /// <summary>The head's parameters are called this, as in the reference.</summary>
    public const string Prefix = "linear_layer";

    private const string Hidden = "hidden_layer";
    private const string PoolRows = "head_rows";

    /// <summary>Puts a linear layer on an encoder (after global average pooling where it returns images).</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="classes">Outputs.</param>
    /// <param name="hidden">Hidden units with a ReLU in between, 0 for none.</param>
    /// <param name="gaussian">Standard normal draws for the hidden layer; the last layer starts at zero, as in the reference.</param>
    public static Model AddLinear(this Model encoder, int classes, int hidden = 0, Func<double>? gaussian = null)
    {
        var model = new ModelBuilder(encoder);
        var x = model.Output;
        var shape = model.ShapeOf(x);
        if (shape.H != 1 || shape.W != 1)
        {
            x = model.Add(new GlobalAveragePool { Name = "head_pool" }, x);
            x = model.Add(new Flatten { Name = PoolRows }, x);
        }

        var inputs = shape.C;
        if (hidden > 0)
        {
            var deviation = Math.Sqrt(2.0 / inputs);
            var weight = new float[hidden * inputs];
            for (var i = 0; i < weight.Length; i++)
                weight[i] = (float)(gaussian!() * deviation);
            x = Layer(model, x, Hidden, inputs, hidden, weight);
            x = model.Add(new Relu { Name = "hidden_relu" }, x);
            inputs = hidden;
        }

        return model.Build(Layer(model, x, Prefix, inputs, classes, new float[classes * inputs]));
    }

    /// <summary>A classifier's encoder: without the head and without the input normalisation that an export put in front.</summary>
    /// <exception cref="InputException">The model does not end in such a head.</exception>
    public static Model Encoder(Model classifier)
    {
        var nodes = classifier.Graph.Nodes;
        var producers = nodes.ToDictionary(n => n.Output);
        var value = Under(classifier.Graph.Output, Prefix + ".weight")
            ?? throw new InputException($"{classifier.Source}: a classifier that ends in {Prefix} expected, another network came");
        if (producers.TryGetValue(value, out var relu) && relu.Op is Relu && Under(relu.Inputs[0], Hidden + ".weight") is { } below)
            value = below;
        if (producers.TryGetValue(value, out var rows) && rows.Op is Flatten { Name: PoolRows } && producers.TryGetValue(rows.Inputs[0], out var pool) && pool.Op is GlobalAveragePool)
            value = pool.Inputs[0];
        var front = nodes.TakeWhile(n => n.Op is ChannelAffine && n.Op.Name.StartsWith(Onnx.OnnxExporter.InputNormalization, StringComparison.Ordinal)).ToArray();
        var body = nodes.Except(front).Select(n => front.Any(f => n.Inputs.Contains(f.Output)) ? n with { Inputs = [.. n.Inputs.Select(i => front.Any(f => f.Output == i) ? 0 : i)] } : n);
        return new ModelBuilder(classifier, body).Build(value);

        int? Under(int output, string weight) => producers.TryGetValue(output, out var node) && node.Op is Linear linear && classifier.Parameters.Slices[linear.Weight].Name == weight ? node.Inputs[0] : null;
    }

    /// <summary>An input of features without an encoder, for heads on cached features.</summary>
    public static Model Features(int features)
    {
        var model = new ModelBuilder("features");
        return model.Build(model.SetInput(new Shape(1, 1, 1, features)));
    }

    private static int Layer(ModelBuilder model, int x, string name, int inputs, int outputs, float[] weight) => model.Add(
        new Linear
        {
            Name = name,
            Weight = model.AddParameter(name + ".weight", [outputs, inputs], ParameterKind.Transposed, weight),
            Bias = model.AddParameter(name + ".bias", [outputs], ParameterKind.Plain, new float[outputs]),
            Inputs = inputs,
            Outputs = outputs,
        },
        x);
}
