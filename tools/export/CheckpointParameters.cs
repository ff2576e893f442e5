using CudaNoisy.Runtime;

namespace CudaNoisy.Export;

/// <summary>Takes a network's values from a checkpoint and keeps account: what was used, what was missing.</summary>
public sealed class CheckpointParameters(StateDictionary state) : IParameterSource
{
    /// <summary>Elements of a missing tensor that may be filled: more than any of ResNet-50's.</summary>
    private const int MaxFilled = 1 << 23;

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];

    /// <summary>Keys that the network wanted and the checkpoint does not have.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Keys that nothing wanted.</summary>
    public IEnumerable<string> Unused => state.Keys.Where(k => !_used.Contains(k));

    /// <inheritdoc/>
    public float[] Filter(string name, int k, int c, int r, int s) => Take(name, 0, k, c, r, s);

    /// <inheritdoc/>
    public (float[] Weight, float[] Bias, float[] Mean, float[] Variance) Norm(string name, int channels)
    {
        _used.Add(name + ".num_batches_tracked");
        return (Take(name + ".weight", 1, channels), Take(name + ".bias", 0, channels), Take(name + ".running_mean", 0, channels), Take(name + ".running_var", 1, channels));
    }

    /// <summary>A tensor's values; <paramref name="initial"/> everywhere where it is missing.</summary>
    /// <exception cref="InputException">It has other dimensions, or is no floating-point tensor.</exception>
    public float[] Take(string name, float initial, params int[] dims)
    {
        _used.Add(name);
        var tensor = state.Find(name);
        if (tensor is null)
        {
            _missing.Add(name);
            var count = dims.Aggregate(1L, (a, b) => Math.Min(a * b, int.MaxValue));
            if (count > MaxFilled)
                throw new InputException($"{state.Place}: {name} of shape ({string.Join(',', dims)}) expected, it is missing");
            var values = new float[count];
            Array.Fill(values, initial);
            return values;
        }

        if (!tensor.Dims.SequenceEqual(dims) || !tensor.IsFloating)
            throw new InputException($"{state.Place}: {name}: floats of shape ({string.Join(',', dims)}) expected, {(tensor.IsFloating ? "floats" : "integers")} of shape ({string.Join(',', tensor.Dims)}) came");
        return tensor.ToFloats();
    }
}
