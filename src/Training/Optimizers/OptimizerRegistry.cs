using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>The optimizers by option value: a new one is a class and one line here.</summary>
public static class OptimizerRegistry
{
    private static readonly SortedDictionary<string, Func<Device, ParameterBuffer, ParameterBuffer, OptimizerOptions, Optimizer>> Entries = new(StringComparer.Ordinal)
    {
        ["adam"] = (device, values, gradients, o) => new AdamOptimizer(device, values, gradients, o.Decay(exemptBias: false)),
        ["lars"] = (device, values, gradients, o) => new LarsOptimizer(device, values, gradients, o.Decay(exemptBias: true), (float)o.Momentum),
        ["sgd"] = (device, values, gradients, o) => new SgdOptimizer(device, values, gradients, o.Decay(exemptBias: false), (float)o.Momentum),
    };

    /// <summary>The option values.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>Makes an optimizer.</summary>
    /// <exception cref="InputException">The name is not known.</exception>
    public static Optimizer Create(string name, Device device, ParameterBuffer values, ParameterBuffer gradients, OptimizerOptions options) => Entries.TryGetValue(name, out var create)
        ? create(device, values, gradients, options)
        : throw new InputException($"--opt: one of {string.Join(", ", Names)} expected, '{name}' came");
}
