namespace CudaNoisy.Runtime.Formats;

/// <summary>The pickle's stack machine. Its loop is flat, every operation takes time in proportion to its bytes, and names lead to <see cref="PickleGlobals"/> only.</summary>
/// <param name="scanner">The bytes.</param>
/// <param name="persistent">Gives the values that persistent ids stand for; null where there are none.</param>
internal sealed class PickleMachine(PickleScanner scanner, Func<PickleScanner, object?, object>? persistent)
{
    private const int MaxProtocol = 5;

    private readonly PickleStack _stack = new(scanner);

    /// <summary>Runs to the end of one pickle and returns its value.</summary>
    public object? Run()
    {
        while (true)
        {
            var operation = scanner.Operation();
            if (operation == '.')
                return _stack.Pop();
            if (!Scalar(operation) && !Text(operation) && !Container(operation) && !Memo(operation) && !Construct(operation))
                throw scanner.Error($"a pickle operation expected, byte 0x{(int)operation:x2} came");
        }
    }

    private bool Scalar(char operation)
    {
        switch (operation)
        {
            case 'N': _stack.Push(null); return true;
            case '\x88': _stack.Push(true); return true;
            case '\x89': _stack.Push(false); return true;
            case 'K': _stack.Push((long)scanner.Byte()); return true;
            case 'M': _stack.Push((long)scanner.UInt16()); return true;
            case 'J': _stack.Push((long)scanner.Int32()); return true;
            case 'I': _stack.Push(scanner.Integer(truth: true)); return true;
            case 'L': _stack.Push(scanner.Integer(truth: false)); return true;
            case '\x8a': _stack.Push(scanner.Long(scanner.Byte())); return true;
            case '\x8b': _stack.Push(scanner.Long(scanner.Int32())); return true;
            case 'F': _stack.Push(scanner.Real()); return true;
            case 'G': _stack.Push(scanner.Double()); return true;
            default: return false;
        }
    }

    private bool Text(char operation)
    {
        switch (operation)
        {
            case 'S': _stack.Push(PythonText.Quoted(scanner, scanner.Line().Span)); return true;
            case 'V': _stack.Push(PythonText.RawUnicode(scanner, scanner.Line().Span)); return true;
            case 'X': _stack.Push(scanner.Text(scanner.UInt32())); return true;
            case '\x8c': _stack.Push(scanner.Text(scanner.Byte())); return true;
            case '\x8d': _stack.Push(scanner.Text(scanner.Length64())); return true;
            case 'T': PushBytes(scanner.Int32()); return true;
            case 'B': PushBytes(scanner.UInt32()); return true;
            case 'U' or 'C': PushBytes(scanner.Byte()); return true;
            case '\x8e' or '\x96': PushBytes(scanner.Length64()); return true;
            default: return false;
        }
    }

    private bool Container(char operation)
    {
        switch (operation)
        {
            case '(': _stack.Mark(); return true;
            case '0': _stack.PopAny(); return true;
            case '1': _stack.PopToMark(); return true;
            case '2': _stack.Push(_stack.Peek()); return true;
            case ']': _stack.Push(new PickleSequence("list")); return true;
            case ')': _stack.Push(new PickleSequence("tuple")); return true;
            case '\x8f': _stack.Push(new PickleSequence("set")); return true;
            case '}': _stack.Push(new PickleDictionary()); return true;
            case 'l': _stack.Push(PickleSequence.Of(scanner, "list", _stack.PopToMark())); return true;
            case 't': _stack.Push(PickleSequence.Of(scanner, "tuple", _stack.PopToMark())); return true;
            case '\x91': _stack.Push(PickleSequence.Of(scanner, "set", _stack.PopToMark())); return true;
            case '\x85' or '\x86' or '\x87': _stack.Push(PickleSequence.Of(scanner, "tuple", _stack.Pop(operation - '\x84'))); return true;
            case 'a': Append([_stack.Pop()]); return true;
            case 'e' or '\x90': Append(_stack.PopToMark()); return true;
            case 'd': Dictionary(_stack.PopToMark()); return true;
            case 's': SetItems(_stack.Pop(2)); return true;
            case 'u': SetItems(_stack.PopToMark()); return true;
            default: return false;
        }
    }

    private bool Memo(char operation)
    {
        switch (operation)
        {
            case 'p': _stack.Remember(MemoKey()); return true;
            case 'q': _stack.Remember(scanner.Byte()); return true;
            case 'r': _stack.Remember(scanner.UInt32()); return true;
            case '\x94': _stack.Remember(); return true;
            case 'g': _stack.Recall(MemoKey()); return true;
            case 'h': _stack.Recall(scanner.Byte()); return true;
            case 'j': _stack.Recall(scanner.UInt32()); return true;
            default: return false;
        }
    }

    private bool Construct(char operation)
    {
        switch (operation)
        {
            case '\x80': Protocol(scanner.Byte()); return true;
            case '\x95': Frame(scanner.Length64()); return true;
            case 'c': _stack.Push(new PickleGlobal(scanner.LineText(), scanner.LineText())); return true;
            case '\x93': Global(_stack.Pop(2)); return true;
            case 'P': Persistent(scanner.LineText()); return true;
            case 'Q': Persistent(_stack.Pop()); return true;
            case 'R' or '\x81': Call(_stack.Pop(2)); return true;
            case 'b': Build(_stack.Pop(), _stack.Peek()); return true;
            default: return false;
        }
    }

    private void PushBytes(long length) => _stack.Push(new PickleBytes(scanner.TakeMemory(length)));

    private long MemoKey() => scanner.Integer(truth: false) is long key ? key : throw scanner.Error("a memo number expected");

    private void Protocol(byte version)
    {
        if (version > MaxProtocol)
            throw scanner.Error($"a pickle of protocol 0 to {MaxProtocol} expected, {version} came");
    }

    private void Frame(long length)
    {
        if (length > scanner.Remaining)
            throw scanner.Error($"a frame of {length} bytes expected, the data ends after {scanner.Remaining}");
    }

    private void Append(ReadOnlySpan<object?> items)
    {
        if (_stack.Peek() is not PickleSequence { Kind: "list" or "set" } target)
            throw scanner.Error("a list to append to expected");
        foreach (var item in items)
            target.Add(scanner, item);
    }

    private void Dictionary(ReadOnlySpan<object?> items)
    {
        _stack.Push(new PickleDictionary());
        SetItems(items);
    }

    private void SetItems(ReadOnlySpan<object?> items)
    {
        if (_stack.Peek() is not PickleDictionary target || items.Length % 2 != 0)
            throw scanner.Error("a dictionary, keys and values expected");
        for (var i = 0; i < items.Length; i += 2)
            target.Set(scanner, items[i], items[i + 1]);
    }

    private void Global(ReadOnlySpan<object?> names) => _stack.Push(names is [string module, string name]
        ? new PickleGlobal(module, name)
        : throw scanner.Error("a module's and a type's name expected"));

    private void Persistent(object? id) => _stack.Push((persistent ?? throw scanner.Error("plain data expected, a persistent id came; only PyTorch checkpoints have them"))(scanner, id));

    private void Call(ReadOnlySpan<object?> parts)
    {
        if (parts is not [var called, PickleSequence { Kind: "tuple" } arguments])
            throw scanner.Error("a type and a tuple of arguments expected");
        if (called is not PickleGlobal global)
            throw scanner.Error("the name of a type expected");
        _stack.Push(PickleGlobals.Construct(scanner, global, arguments.Items));
    }

    private void Build(object? state, object? target)
    {
        if (target is PickleObject instance && state is PickleDictionary attributes)
            instance.SetState(scanner, attributes);
        else if (target is NumpyType type)
            type.SetState(scanner, state);
        else if (target is NumpyArray array)
            array.SetState(scanner, state);
        else if (target is not PickleDictionary)
            throw scanner.Error("a state for a known object expected");

        // An OrderedDict's state holds torch's module versions; no value depends on them.
    }
}
