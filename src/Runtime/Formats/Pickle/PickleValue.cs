using System.Numerics;

namespace CudaNoisy.Runtime.Formats;

/// <summary>A value of a pickle, and where it stands. Every access says what was expected and what came.</summary>
public sealed class PickleValue
{
    private readonly object? _value;

    internal PickleValue(object? value, string place)
    {
        _value = value;
        Place = place;
    }

    /// <summary>The file and the keys that lead here.</summary>
    public string Place { get; }

    /// <summary>None.</summary>
    public bool IsNone => _value is null;

    /// <summary>A dict, an OrderedDict or an object's attributes.</summary>
    public bool IsDictionary => _value is PickleDictionary or PickleObject;

    /// <summary>A list, tuple or set.</summary>
    public bool IsSequence => _value is PickleSequence;

    /// <summary>A PyTorch tensor.</summary>
    public bool IsTensor => _value is TorchTensor;

    /// <summary>A numpy array.</summary>
    public bool IsArray => _value is NumpyArray;

    /// <summary>A str or bytes.</summary>
    public bool IsText => _value is string or PickleBytes;

    /// <summary>What it is, in Python's words.</summary>
    public string Kind => _value switch
    {
        null => "None",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        string => "str",
        PickleBytes => "bytes",
        PickleSequence s => s.Kind,
        PickleDictionary => "dict",
        PickleObject o => o.Type.ToString(),
        NumpyArray => "numpy.ndarray",
        TorchTensor => "torch.Tensor",
        PickleGlobal g => g.ToString(),
        _ => "another object",
    };

    /// <summary>A dictionary's value. Keys of Python 2 (bytes) are found by their text.</summary>
    /// <exception cref="InputException">This is no dictionary or has no such key.</exception>
    public PickleValue this[string key] => Find(key)
        ?? throw Error($"a key '{key}' expected, {(Dictionary.Entries.Count == 0 ? "none" : string.Join(", ", Dictionary.Entries.Take(8).Select(e => KeyText(e.Key))))} came");

    /// <summary>A dictionary's value, or null where it has no such key.</summary>
    /// <exception cref="InputException">This is no dictionary.</exception>
    public PickleValue? Find(string key) => Dictionary.TryGet(key, out var value) ? At(value, key) : null;

    /// <summary>A dictionary's entries in their order; keys that are no text have their Python form.</summary>
    /// <exception cref="InputException">This is no dictionary.</exception>
    public IEnumerable<KeyValuePair<string, PickleValue>> Entries =>
        Dictionary.Entries.Select(e => (Key: KeyText(e.Key), e.Value)).Select(e => KeyValuePair.Create(e.Key, At(e.Value, e.Key)));

    /// <summary>The items of a list, tuple or set.</summary>
    /// <exception cref="InputException">This is none of them.</exception>
    public IEnumerable<PickleValue> Items => Sequence.Select((item, i) => At(item, FormattableString.Invariant($"[{i}]")));

    /// <summary>A str, or bytes read as latin-1.</summary>
    /// <exception cref="InputException">This is neither.</exception>
    public string ToText() => _value switch
    {
        string s => s,
        PickleBytes b => b.Latin1,
        _ => throw Expected("a str"),
    };

    /// <summary>Bytes; a part of the file, not a copy.</summary>
    /// <exception cref="InputException">This is something else.</exception>
    public ReadOnlyMemory<byte> ToBytes() => _value is PickleBytes b ? b.Memory : throw Expected("bytes");

    /// <summary>An int.</summary>
    /// <exception cref="InputException">This is something else, or larger than 64 bits.</exception>
    public long ToLong() => _value switch
    {
        long l => l,
        bool b => b ? 1 : 0,
        _ => throw Expected("an int of 64 bits"),
    };

    /// <summary>An int or a float.</summary>
    /// <exception cref="InputException">This is neither.</exception>
    public double ToDouble() => _value switch
    {
        double d => d,
        long l => l,
        _ => throw Expected("a float"),
    };

    /// <summary>An array: numpy's, a tensor, or a list of numbers (all ints: long; else double).</summary>
    /// <exception cref="InputException">This is none of them.</exception>
    public NpyArray ToArray() => _value switch
    {
        NumpyArray { Array: { } array } => array,
        TorchTensor tensor => tensor.ToArray(),
        PickleSequence sequence => Numbers(sequence.Items),
        _ => throw Expected("an array, a tensor or a list of numbers"),
    };

    /// <summary>A tensor.</summary>
    /// <exception cref="InputException">This is something else.</exception>
    public TorchTensor ToTensor() => _value as TorchTensor ?? throw Expected("a torch.Tensor");

    internal bool IsLong(BigInteger expected) => _value switch
    {
        long l => l == expected,
        BigInteger b => b == expected,
        _ => false,
    };

    private PickleDictionary Dictionary => _value switch
    {
        PickleDictionary d => d,
        PickleObject o => o.Attributes,
        _ => throw Expected("a dict"),
    };

    private List<object?> Sequence => _value is PickleSequence s ? s.Items : throw Expected("a list");

    private NpyArray Numbers(List<object?> items)
    {
        if (items.TrueForAll(item => item is long or bool))
            return new NpyArray([items.Count], items.Select(item => item is long l ? l : (bool)item! ? 1 : 0).ToArray());
        if (items.TrueForAll(item => item is long or double))
            return new NpyArray([items.Count], items.Select(item => item is double d ? d : (long)item!).ToArray());
        throw Error("a list of numbers expected, other items came");
    }

    private static string KeyText(object? key) => key switch
    {
        string s => s,
        PickleBytes b => b.Latin1,
        long l => FormattableString.Invariant($"{l}"),
        _ => new PickleValue(key, "").Kind,
    };

    private PickleValue At(object? value, string key) => new(value, $"{Place}: {key}");

    private InputException Expected(string what) => Error($"{what} expected, {Kind} came");

    private InputException Error(string message) => new($"{Place}: {message}");
}
