namespace CudaNoisy.Runtime;

/// <summary>Classifier heads on encoders.</summary>
public static class Heads
{
    /// <summary>The head's parameters are called this, as in the reference.</summary>
    public const string Prefix = "linear_layer";

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
            x = model.Add(new Flatten { Name = "head_rows" }, x);
        }

        var inputs = shape.C;
        if (hidden > 0)
        {
            var deviation = Math.Sqrt(2.0 / inputs);
            var weight = new float[hidden * inputs];
            for (var i = 0; i < weight.Length; i++)
                weight[i] = (float)(gaussian!() * deviation);
            x = Layer(model, x, "hidden_layer", inputs, hidden, weight);
            x = model.Add(new Relu { Name = "hidden_relu" }, x);
            inputs = hidden;
        }

        return model.Build(Layer(model, x, Prefix, inputs, classes, new float[classes * inputs]));
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
