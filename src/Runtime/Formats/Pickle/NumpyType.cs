namespace CudaNoisy.Runtime.Formats;

/// <summary>A pickled <c>numpy.dtype</c>: a kind and a width such as f4; byte order comes with its state.</summary>
internal sealed class NumpyType(string code)
{
    private bool _bigEndian;

    /// <summary>Kind and width, with the byte order in front.</summary>
    public string Code => (_bigEndian ? ">" : "<") + code;

    public int Size => code[1] - '0';

    public static NumpyType Construct(PickleScanner scanner, List<object?> arguments)
    {
        var name = arguments is [var first, ..] ? first switch { string s => s, PickleBytes { Memory.Length: < 16 } b => b.Latin1, _ => "" } : "";
        var type = name.TrimStart('<', '|', '=');
        if (!NumpyElements.IsKnown(type))
            throw scanner.Error($"a numeric numpy array expected, one of type '{name}' came");
        return new NumpyType(type);
    }

    public void SetState(PickleScanner scanner, object? state)
    {
        if (state is not PickleSequence { Kind: "tuple", Items: [_, var order, null, null, null, ..] })
            throw scanner.Error("a plain numeric numpy type expected, one with fields or a shape came");
        _bigEndian = order is ">" or PickleBytes { Memory.Span: [(byte)'>'] };
    }
}
