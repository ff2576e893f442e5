namespace CudaNoisy.Runtime.Formats;

/// <summary>A pickled numpy array: made empty, then given its state.</summary>
internal sealed class NumpyArray
{
    /// <summary>The array, once the state came.</summary>
    public NpyArray? Array { get; private set; }

    public static NumpyArray Reconstruct(PickleScanner scanner, List<object?> arguments) =>
        arguments is [PickleGlobal { Module: "numpy", Name: "ndarray" }, ..] ? new NumpyArray() : throw scanner.Error("a numpy.ndarray expected");

    /// <summary>A numpy number becomes a plain one.</summary>
    public static object Scalar(PickleScanner scanner, List<object?> arguments)
    {
        if (arguments is not [NumpyType type, var data])
            throw scanner.Error("a numpy number of a type and bytes expected");
        var array = Decode(scanner, type, [], false, data);
        return array.Values is float[] or double[]? array.ToDoubles()[0] : array.Values is bool[] b ? b[0] : (object)NumpyElements.ToLong(array.Values, 0);
    }

    /// <summary>Protocol 5: an array of a buffer.</summary>
    public static NumpyArray FromBuffer(PickleScanner scanner, List<object?> arguments) => arguments is [var data, NumpyType type, var shape, var order]
        ? new NumpyArray { Array = Decode(scanner, type, Dims(scanner, shape), order is "F", data) }
        : throw scanner.Error("an array of a buffer, a type, a shape and an order expected");

    public void SetState(PickleScanner scanner, object? state)
    {
        if (state is not PickleSequence { Kind: "tuple", Items: [_, var shape, NumpyType type, bool fortran, var data] })
            throw scanner.Error("a numpy array's shape, type, order and bytes expected");
        Array = Decode(scanner, type, Dims(scanner, shape), fortran, data);
    }

    private static int[] Dims(PickleScanner scanner, object? shape)
    {
        if (shape is not PickleSequence { Kind: "tuple" } sizes || sizes.Items.Exists(size => size is not (long and >= 0 and <= int.MaxValue)))
            throw scanner.Error("an array's shape of 32-bit sizes expected");
        return [.. sizes.Items.Select(size => (int)(long)size!)];
    }

    private static NpyArray Decode(PickleScanner scanner, NumpyType type, int[] dims, bool fortran, object? data)
    {
        if (data is not PickleBytes { Memory: var bytes })
            throw scanner.Error("an array's bytes expected");
        long count = 1;
        foreach (var dim in dims)
            count = Math.Min(count * dim, int.MaxValue + 1L);
        if (count * type.Size != bytes.Length)
            throw scanner.Error($"{type.Code} elements of shape ({string.Join(", ", dims)}) expected, {bytes.Length} bytes came");
        scanner.Charge(bytes.Length * (fortran ? 2L : 1L));
        var ordered = fortran && dims.Length > 1 ? NumpyElements.ToRowMajor(bytes.Span, dims, type.Size) : bytes.Span;
        try
        {
            return new NpyArray(dims, NumpyElements.Decode(ordered, type.Code));
        }
        catch (InputException e)
        {
            throw scanner.Error(e.Message);
        }
    }
}
