using CudaNoisy.Runtime;

namespace CudaNoisy.Export;

/// <summary>Linear layers of checkpoints.</summary>
public static class ClassifierLayer
{
    private static readonly string[] Names = ["fc", "linear", "classifier", "linear_layer", "head"];

    /// <summary>The name of the classifier on an encoder's features, or null.</summary>
    /// <param name="state">The tensors.</param>
    /// <param name="prefix">What stands in front of the encoder's names; the classifier may stand beside the encoder.</param>
    /// <param name="features">The encoder's features.</param>
    public static string? Find(StateDictionary state, string prefix, int features) =>
        Names.SelectMany(n => new[] { prefix + n, n }).Distinct().FirstOrDefault(n => state.Dims(n + ".weight") is [_, var inputs] && inputs == features);

    /// <summary>Adds a linear layer.</summary>
    public static int Add(ModelBuilder model, CheckpointParameters source, int x, string name, int outputs)
    {
        var inputs = model.ShapeOf(x).C;
        return model.Add(
            new Linear
            {
                Name = name,
                Weight = model.AddParameter(name + ".weight", [outputs, inputs], ParameterKind.Transposed, source.Take(name + ".weight", 0, outputs, inputs)),
                Bias = model.AddParameter(name + ".bias", [outputs], ParameterKind.Plain, source.Take(name + ".bias", 0, outputs)),
                Inputs = inputs,
                Outputs = outputs,
            },
            x);
    }
}
