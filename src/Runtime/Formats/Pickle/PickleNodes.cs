using System.Globalization;
using System.Text;

namespace CudaNoisy.Runtime.Formats;

/// <summary>A name that a pickle refers to. It is only ever looked up in <see cref="PickleGlobals"/>.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>Bytes, also the <c>str</c> of Python 2.</summary>
internal sealed class PickleBytes(ReadOnlyMemory<byte> memory)
{
    public ReadOnlyMemory<byte> Memory { get; } = memory;

    public string Latin1 => Encoding.Latin1.GetString(Memory.Span);
}

/// <summary>A value that holds others. Once it is inside another one it does not change any more, so no value can hold itself.</summary>
internal abstract class PickleContainer
{
    private const int MaxDepth = 100;
    private int _depth = 1;
    private bool _inside;

    protected void Adopt(PickleScanner scanner, object? child)
    {
        RequireOpen(scanner);
        if (child is not PickleContainer container)
            return;
        if (ReferenceEquals(child, this))
            throw scanner.Error("a value that holds itself came; plain data expected");
        container._inside = true;
        _depth = Math.Max(_depth, container._depth + 1);
        if (_depth > MaxDepth)
            throw scanner.Error($"values nested at most {MaxDepth} deep expected");
    }

    protected void RequireOpen(PickleScanner scanner)
    {
        if (_inside)
            throw scanner.Error("a value that holds itself came (one changes after it was put into another); plain data expected");
    }
}

/// <summary>A list, tuple or set.</summary>
internal sealed class PickleSequence(string kind) : PickleContainer
{
    public string Kind { get; } = kind;

    public List<object?> Items { get; } = [];

    public static PickleSequence Of(PickleScanner scanner, string kind, ReadOnlySpan<object?> items)
    {
        var sequence = new PickleSequence(kind);
        foreach (var item in items)
            sequence.Add(scanner, item);
        return sequence;
    }

    public void Add(PickleScanner scanner, object? item)
    {
        Adopt(scanner, item);
        scanner.Charge(PickleBudget.Slot);
        Items.Add(item);
    }
}

/// <summary>A dict, in insertion order.</summary>
internal sealed class PickleDictionary : PickleContainer
{
    private Dictionary<string, int>? _index;

    public List<KeyValuePair<object?, object?>> Entries { get; } = [];

    public void Set(PickleScanner scanner, object? key, object? value)
    {
        if (key is PickleContainer)
            Adopt(scanner, key);
        Adopt(scanner, value);
        var text = Text(scanner, key);
        if (text is not null && (_index ??= new(StringComparer.Ordinal)).TryGetValue(text, out var found))
        {
            Entries[found] = new(key, value);
            return;
        }

        scanner.Charge(PickleBudget.Object);
        if (text is not null)
            _index![text] = Entries.Count;
        Entries.Add(new(key, value));
    }

    public bool TryGet(string key, out object? value)
    {
        var found = 0;
        var has = _index?.TryGetValue("s" + key, out found) == true;
        value = has ? Entries[found].Value : null;
        return has;
    }

    /// <summary>Text that is equal where scalar keys are; strings get .NET's seeded hashes, so that no file can make all keys collide.</summary>
    private static string? Text(PickleScanner scanner, object? key)
    {
        var text = key switch
        {
            string s => "s" + s,
            PickleBytes b => "s" + b.Latin1,
            bool b => b ? "i1" : "i0",
            long l => "i" + l.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        if (text is not null)
            scanner.Charge(PickleBudget.Object + (2L * text.Length));
        return text;
    }
}

/// <summary>An object with attributes: <c>argparse.Namespace</c>.</summary>
internal sealed class PickleObject(PickleGlobal type) : PickleContainer
{
    public PickleGlobal Type { get; } = type;

    public PickleDictionary Attributes { get; private set; } = new();

    public void SetState(PickleScanner scanner, PickleDictionary state)
    {
        Adopt(scanner, state);
        Attributes = state;
    }
}
