namespace CudaNoisy.Runtime;

/// <summary>SimCLR's projection on encoders (Chen et al. 2020): what the loss sees in pretraining, dropped afterwards.</summary>
public static class ProjectionHead
{
    /// <summary>The parameter that stays zero: the last batch-norm has no bias.</summary>
    public const string FixedBias = Prefix + "bn2.bias";

    private const string Prefix = "projection.";
    private const float Epsilon = 1e-5f;

    /// <summary>The encoder with one vector an image: pooled where it returns images.</summary>
    public static Model Pooled(this Model encoder)
    {
        if (encoder.Output is { H: 1, W: 1 })
            return encoder;
        var model = new ModelBuilder(encoder);
        return model.Build(model.Add(new Flatten { Name = "head_rows" }, model.Add(new GlobalAveragePool { Name = "head_pool" }, model.Output)));
    }

    /// <summary>Puts Linear, batch-norm, ReLU, Linear, batch-norm on an encoder of vectors. The last batch-norm's bias is there, but see <see cref="FixedBias"/>.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="hidden">Units in between; 0 for as many as the encoder has features.</param>
    /// <param name="outputs">Length of an embedding.</param>
    /// <param name="gaussian">Standard normal draws.</param>
    public static Model AddProjection(this Model encoder, int hidden, int outputs, Func<double> gaussian)
    {
        var model = new ModelBuilder(encoder);
        var features = encoder.Output.C;
        hidden = hidden == 0 ? features : hidden;
        var x = Normalize(model, Layer(model, model.Output, "fc1", features, hidden, Math.Sqrt(2.0 / features), gaussian), "bn1", hidden);
        x = model.Add(new Relu { Name = Prefix + "relu1" }, x);
        return model.Build(Normalize(model, Layer(model, x, "fc2", hidden, outputs, Math.Sqrt(1.0 / hidden), gaussian), "bn2", outputs));
    }

    private static int Layer(ModelBuilder model, int x, string name, int inputs, int outputs, double deviation, Func<double> gaussian)
    {
        var weight = new float[inputs * outputs];
        for (var i = 0; i < weight.Length; i++)
            weight[i] = (float)(gaussian() * deviation);
        return model.Add(
            new Linear
            {
                Name = Prefix + name,
                Weight = model.AddParameter($"{Prefix}{name}.weight", [outputs, inputs], ParameterKind.Transposed, weight),
                Inputs = inputs,
                Outputs = outputs,
            },
            x);
    }

    private static int Normalize(ModelBuilder model, int x, string name, int channels)
    {
        var ones = new float[channels];
        Array.Fill(ones, 1f);
        return model.Add(
            new BatchNorm
            {
                Name = Prefix + name,
                Channels = channels,
                Gamma = model.AddParameter($"{Prefix}{name}.weight", [channels], ParameterKind.Plain, ones),
                Beta = model.AddParameter($"{Prefix}{name}.bias", [channels], ParameterKind.Plain, new float[channels]),
                RunningMean = model.AddState($"{Prefix}{name}.running_mean", [channels], new float[channels]),
                RunningVariance = model.AddState($"{Prefix}{name}.running_var", [channels], [.. ones]),
                Epsilon = Epsilon,
            },
            x);
    }
}
