namespace CudaNoisy.Runtime.Formats;

/// <summary>The allow-list: every name that a pickle may use, and the data it stands for. What is not here is an error.</summary>
internal static class PickleGlobals
{
    private static readonly Dictionary<string, Func<PickleScanner, PickleGlobal, List<object?>, object?>> Constructors = new(StringComparer.Ordinal)
    {
        ["collections.OrderedDict"] = (scanner, _, arguments) => OrderedDict(scanner, arguments),
        ["argparse.Namespace"] = Namespace,
        ["copy_reg._reconstructor"] = Reconstructor,
        ["copyreg._reconstructor"] = Reconstructor,
        ["__builtin__.set"] = (scanner, _, arguments) => Set(scanner, arguments),
        ["builtins.set"] = (scanner, _, arguments) => Set(scanner, arguments),
        ["__builtin__.frozenset"] = (scanner, _, arguments) => Set(scanner, arguments),
        ["builtins.frozenset"] = (scanner, _, arguments) => Set(scanner, arguments),
        ["__builtin__.bytes"] = (scanner, _, arguments) => NoBytes(scanner, arguments),
        ["builtins.bytes"] = (scanner, _, arguments) => NoBytes(scanner, arguments),
        ["_codecs.encode"] = (scanner, _, arguments) => Encode(scanner, arguments),
        ["numpy.dtype"] = (scanner, _, arguments) => NumpyType.Construct(scanner, arguments),
        ["numpy.core.multiarray._reconstruct"] = (scanner, _, arguments) => NumpyArray.Reconstruct(scanner, arguments),
        ["numpy._core.multiarray._reconstruct"] = (scanner, _, arguments) => NumpyArray.Reconstruct(scanner, arguments),
        ["numpy.core.multiarray.scalar"] = (scanner, _, arguments) => NumpyArray.Scalar(scanner, arguments),
        ["numpy._core.multiarray.scalar"] = (scanner, _, arguments) => NumpyArray.Scalar(scanner, arguments),
        ["numpy.core.numeric._frombuffer"] = (scanner, _, arguments) => NumpyArray.FromBuffer(scanner, arguments),
        ["numpy._core.numeric._frombuffer"] = (scanner, _, arguments) => NumpyArray.FromBuffer(scanner, arguments),
        ["torch._utils._rebuild_tensor"] = (scanner, _, arguments) => TorchTensor.Rebuild(scanner, arguments),
        ["torch._utils._rebuild_tensor_v2"] = (scanner, _, arguments) => TorchTensor.Rebuild(scanner, arguments),
        ["torch._utils._rebuild_parameter"] = (scanner, _, arguments) => Parameter(scanner, arguments),
    };

    /// <summary>Builds the value that a name with arguments stands for.</summary>
    public static object? Construct(PickleScanner scanner, PickleGlobal global, List<object?> arguments) =>
        Constructors.TryGetValue(global.ToString(), out var constructor)
            ? constructor(scanner, global, arguments)
            : throw scanner.Error($"plain data, arrays or tensors expected, '{global}' came; it is not run");

    private static PickleDictionary OrderedDict(PickleScanner scanner, List<object?> arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments is [])
            return dictionary;
        if (arguments is not [PickleSequence pairs])
            throw scanner.Error("an OrderedDict of a list of pairs expected");
        foreach (var pair in pairs.Items)
        {
            if (pair is not PickleSequence { Items: [var key, var value] })
                throw scanner.Error("an OrderedDict of a list of pairs expected");
            dictionary.Set(scanner, key, value);
        }

        return dictionary;
    }

    private static PickleObject Namespace(PickleScanner scanner, PickleGlobal global, List<object?> arguments) =>
        arguments is [] ? new PickleObject(global) : throw scanner.Error($"{global} without arguments expected");

    private static PickleObject Reconstructor(PickleScanner scanner, PickleGlobal _, List<object?> arguments) =>
        arguments is [PickleGlobal { Module: "argparse", Name: "Namespace" } type, PickleGlobal { Name: "object", Module: "__builtin__" or "builtins" }, null]
            ? new PickleObject(type)
            : throw scanner.Error($"argparse.Namespace expected, '{(arguments.Count > 0 ? arguments[0] as PickleGlobal : null)?.ToString() ?? "another object"}' came; it is not run");

    private static PickleSequence Set(PickleScanner scanner, List<object?> arguments)
    {
        var set = new PickleSequence("set");
        if (arguments is [PickleSequence items])
        {
            foreach (var item in items.Items)
                set.Add(scanner, item);
        }
        else if (arguments is not [])
        {
            throw scanner.Error("a set of a list expected");
        }

        return set;
    }

    private static PickleBytes NoBytes(PickleScanner scanner, List<object?> arguments) =>
        arguments is [] ? new PickleBytes(default) : throw scanner.Error("bytes without arguments expected");

    /// <summary>Protocol 2 writes Python 3's bytes as <c>encode(text, 'latin1')</c>.</summary>
    private static PickleBytes Encode(PickleScanner scanner, List<object?> arguments)
    {
        if (arguments is not [string text, string encoding] || encoding is not ("latin1" or "latin-1"))
            throw scanner.Error("text in latin1 expected");
        scanner.Charge(text.Length);
        var bytes = new byte[text.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = text[i] < 256 ? (byte)text[i] : throw scanner.Error($"text in latin1 expected, character {(int)text[i]} came");
        return new PickleBytes(bytes);
    }

    private static TorchTensor Parameter(PickleScanner scanner, List<object?> arguments) =>
        arguments is [TorchTensor tensor, ..] ? tensor : throw scanner.Error("a parameter of a tensor expected");
}
