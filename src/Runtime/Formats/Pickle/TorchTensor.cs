namespace CudaNoisy.Runtime.Formats;

/// <summary>A tensor of a PyTorch checkpoint: a view of the file's bytes, copied out only when asked for.</summary>
public sealed class TorchTensor
{
    private const int MaxRank = 64;
    private readonly TorchStorageView _view;
    private readonly long _offset;
    private readonly long[] _strides;

    private TorchTensor(TorchStorageView view, long offset, int[] dims, long[] strides, int count)
    {
        _view = view;
        _offset = offset;
        _strides = strides;
        Dims = dims;
        Count = count;
    }

    /// <summary>Dimensions; empty for a scalar.</summary>
    public IReadOnlyList<int> Dims { get; }

    /// <summary>Elements.</summary>
    public int Count { get; }

    /// <summary>Whether the elements are floating-point numbers.</summary>
    public bool IsFloating => _view.Storage.Code is "f4" or "f8" or "f2" or "bf16";

    /// <summary>The elements in C order, with their own type (halves as float).</summary>
    public NpyArray ToArray()
    {
        var storage = _view.Storage;
        var bytes = storage.Data!.Value.Span;
        var start = checked((int)((_view.Offset + _offset) * storage.ElementSize));
        var elements = IsContiguous()
            ? bytes.Slice(start, Count * storage.ElementSize)
            : NumpyElements.Gather(bytes[start..], Dims, _strides, storage.ElementSize);
        return new NpyArray(Dims, NumpyElements.Decode(elements, storage.Code));
    }

    /// <summary>The elements in C order as floats.</summary>
    public float[] ToFloats() => ToArray().ToFloats();

    internal static TorchTensor Rebuild(PickleScanner scanner, List<object?> arguments)
    {
        if (arguments is not [TorchStorageView storage, long offset, PickleSequence { Kind: "tuple" } size, PickleSequence { Kind: "tuple" } stride, ..])
            throw scanner.Error("a tensor's storage, offset, size and stride expected");
        if (size.Items.Count != stride.Items.Count || size.Items.Count > MaxRank || offset < 0 || offset > storage.Length)
            throw scanner.Error($"a tensor of as many sizes as strides inside its storage of {storage.Length} elements expected");
        var dims = new int[size.Items.Count];
        var strides = new long[dims.Length];
        var (count, last) = (1L, offset);
        for (var d = 0; d < dims.Length; d++)
        {
            if (size.Items[d] is not (long and >= 0 and <= int.MaxValue) || stride.Items[d] is not (long and >= 0 and <= int.MaxValue))
                throw scanner.Error("a tensor's sizes and strides of 31 bits expected");
            (dims[d], strides[d]) = ((int)(long)size.Items[d]!, (long)stride.Items[d]!);
            count = Math.Min(count * dims[d], int.MaxValue + 1L);
            last = Math.Min(last + ((dims[d] - 1L) * strides[d]), long.MaxValue / 4);
        }

        if (count > storage.Length || (count > 0 && last >= storage.Length))
            throw scanner.Error($"a tensor of at most the {storage.Length} elements of its storage expected, shape ({string.Join(", ", dims)}) with strides ({string.Join(", ", strides)}) at {offset} came");
        scanner.Charge(count * storage.Storage.ElementSize);
        return new TorchTensor(storage, offset, dims, strides, (int)count);
    }

    private bool IsContiguous()
    {
        long expected = 1;
        for (var d = Dims.Count - 1; d >= 0; d--)
        {
            if (Dims[d] != 1 && _strides[d] != expected)
                return false;
            expected *= Dims[d];
        }

        return true;
    }
}
