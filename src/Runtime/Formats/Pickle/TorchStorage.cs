namespace CudaNoisy.Runtime.Formats;

/// <summary>A tensor's memory: a part of the checkpoint's bytes.</summary>
internal sealed class TorchStorage(string type, long length)
{
    private static readonly Dictionary<string, (string Code, int Size)> Types = new(StringComparer.Ordinal)
    {
        ["FloatStorage"] = ("f4", 4),
        ["DoubleStorage"] = ("f8", 8),
        ["HalfStorage"] = ("f2", 2),
        ["BFloat16Storage"] = ("bf16", 2),
        ["LongStorage"] = ("i8", 8),
        ["IntStorage"] = ("i4", 4),
        ["ShortStorage"] = ("i2", 2),
        ["CharStorage"] = ("i1", 1),
        ["ByteStorage"] = ("u1", 1),
        ["BoolStorage"] = ("b1", 1),
    };

    public string Type { get; } = type;

    /// <summary>Elements.</summary>
    public long Length { get; } = length;

    public string Code { get; } = Types[type].Code;

    public int ElementSize { get; } = Types[type].Size;

    /// <summary>The elements' bytes, once they are known.</summary>
    public ReadOnlyMemory<byte>? Data { get; set; }

    public static bool IsKnown(string type) => Types.ContainsKey(type);

    /// <summary>A part of this storage that the file lists as a storage of its own.</summary>
    public TorchStorageView View(long offset, long length) => new(this, offset, length);
}

/// <summary>A run of a storage's elements.</summary>
internal sealed record TorchStorageView(TorchStorage Storage, long Offset, long Length);
