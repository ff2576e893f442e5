namespace CudaNoisy.Runtime.Formats;

/// <summary>Stack, marks and memo of a pickle.</summary>
internal sealed class PickleStack(PickleScanner scanner)
{
    private const int MaxMarks = 1000;
    private static readonly object[] SmallNumbers = [.. Enumerable.Range(0, 1024).Select(i => (object)(long)i)];

    private readonly List<object?> _items = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<long, object?> _memo = [];
    private object?[] _popped = [];

    private int Bottom => _marks.Count > 0 ? _marks.Peek() : 0;

    public void Push(object? value)
    {
        scanner.Charge(value is null or bool ? PickleBudget.Slot : PickleBudget.Object);
        _items.Add(value);
    }

    public void Push(long value)
    {
        var small = (ulong)value < (ulong)SmallNumbers.Length;
        scanner.Charge(small ? PickleBudget.Slot : PickleBudget.Object);
        _items.Add(small ? SmallNumbers[value] : value);
    }

    public object? Peek() => _items.Count > Bottom ? _items[^1] : throw Empty();

    public object? Pop()
    {
        var value = Peek();
        _items.RemoveAt(_items.Count - 1);
        return value;
    }

    /// <summary>The last values, in the order they were pushed; valid until the next call.</summary>
    public ReadOnlySpan<object?> Pop(int count) => _items.Count - count >= Bottom ? Cut(_items.Count - count) : throw Empty();

    /// <summary>Pops a value, or a mark where nothing lies on it.</summary>
    public void PopAny()
    {
        if (_marks.Count > 0 && _marks.Peek() == _items.Count)
            _marks.Pop();
        else
            Pop();
    }

    public void Mark()
    {
        if (_marks.Count == MaxMarks)
            throw scanner.Error($"values nested at most {MaxMarks} deep expected");
        _marks.Push(_items.Count);
    }

    /// <summary>What was pushed since the last mark, which is removed too.</summary>
    public ReadOnlySpan<object?> PopToMark() => _marks.TryPop(out var mark) ? Cut(mark) : throw scanner.Error("a mark expected on the stack, none is there");

    public void Remember() => Remember(_memo.Count);

    public void Remember(long key)
    {
        if (key is < 0 or > uint.MaxValue)
            throw scanner.Error($"a memo number of 32 bits expected, {key} came");
        scanner.Charge(PickleBudget.Object);
        _memo[key] = Peek();
    }

    public void Recall(long key)
    {
        if (!_memo.TryGetValue(key, out var value))
            throw scanner.Error($"an earlier value expected, number {key} of the memo was never set");
        scanner.Charge(PickleBudget.Slot);
        _items.Add(value);
    }

    private ReadOnlySpan<object?> Cut(int start)
    {
        var count = _items.Count - start;
        if (_popped.Length < count)
            _popped = new object?[Math.Max(count, 2 * _popped.Length)];
        _items.CopyTo(start, _popped, 0, count);
        _items.RemoveRange(start, count);
        return _popped.AsSpan(0, count);
    }

    private InputException Empty() => scanner.Error("a value expected on the stack, it is empty");
}
