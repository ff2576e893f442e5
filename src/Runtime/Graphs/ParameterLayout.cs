namespace CudaNoisy.Runtime;

/// <summary>The named slices of a flat buffer: parameters, gradients, tangents and optimizer state share one layout.</summary>
public sealed class ParameterLayout
{
    /// <summary>Slices start at multiples of this many elements; the padding between them is zero.</summary>
    public const int Alignment = 64;

    private readonly List<ParameterSlice> _slices = [];
    private readonly Dictionary<string, int> _byName = [];

    /// <summary>The slices in the order they were added.</summary>
    public IReadOnlyList<ParameterSlice> Slices => _slices;

    /// <summary>Elements, padding included.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a slice and returns its index.</summary>
    /// <exception cref="InputException">The name is taken.</exception>
    public int Add(string name, IReadOnlyList<int> dims, ParameterKind kind)
    {
        var slice = new ParameterSlice(name, dims, kind, Length);
        if (!_byName.TryAdd(name, _slices.Count))
            throw new InputException($"parameter {name}: used by two operators; every operator needs its own");
        _slices.Add(slice);
        Length += (slice.Length + Alignment - 1) / Alignment * Alignment;
        return _slices.Count - 1;
    }

    /// <summary>The index of a name, or -1.</summary>
    public int IndexOf(string name) => _byName.GetValueOrDefault(name, -1);

    /// <summary>One coefficient a block of <see cref="Alignment"/> elements, from a rule by name.</summary>
    /// <param name="rule">Name to coefficient.</param>
    public float[] PerBlock(Func<string, float> rule)
    {
        var blocks = new float[Length / Alignment];
        foreach (var slice in _slices)
        {
            var count = (slice.Length + Alignment - 1) / Alignment;
            Array.Fill(blocks, rule(slice.Name), (int)(slice.Offset / Alignment), count);
        }

        return blocks;
    }
}
