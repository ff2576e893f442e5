using System.Buffers.Binary;

namespace CudaNoisy.Runtime.Formats;

/// <summary>The storages that a checkpoint's persistent ids name.</summary>
/// <param name="find">A storage's bytes by its key; null where they follow the pickle.</param>
internal sealed class TorchStorages(Func<string, ReadOnlyMemory<byte>?>? find)
{
    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    /// <summary>The storage that a persistent id stands for: ('storage', type, key, device, elements[, view]).</summary>
    public object Load(PickleScanner scanner, object? id)
    {
        if (id is not PickleSequence { Kind: "tuple", Items: ["storage" or PickleBytes, PickleGlobal { Module: "torch" } type, var keyText, _, long length, ..] items })
            throw scanner.Error("a persistent id of a torch storage expected");
        var key = keyText is string s ? s : keyText is PickleBytes b ? b.Latin1 : throw scanner.Error("a storage's key expected");
        if (!TorchStorage.IsKnown(type.Name))
            throw scanner.Error($"a storage of float, double, half, bfloat16 or integers expected, {type} came");
        if (length < 0)
            throw scanner.Error($"a storage of 0 or more elements expected, {length} came");
        if (!_storages.TryGetValue(key, out var storage))
            _storages[key] = storage = Add(scanner, key, new TorchStorage(type.Name, length));
        else if (storage.Type != type.Name || storage.Length != length)
            throw scanner.Error($"storage '{key}' of {storage.Length} {storage.Type} elements expected, {length} of {type.Name} came");
        if (items is not [_, _, _, _, _, PickleSequence { Items: [_, long offset, long size] }])
            return storage.View(0, length);
        return offset >= 0 && size >= 0 && offset <= length - size ? storage.View(offset, size) : throw scanner.Error($"a part of storage '{key}' expected, {size} elements at {offset} came");
    }

    /// <summary>Gives the storages of the older format their bytes: per key, in order, a 64-bit number of elements and the elements.</summary>
    public void Fill(IReadOnlyList<string> keys, ReadOnlyMemory<byte> bytes, int position, string name)
    {
        foreach (var key in keys)
        {
            if (bytes.Length - position < sizeof(long))
                throw new InputException($"{name}: byte {position}: storage '{key}' expected, the file ends");
            var length = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[position..]);
            if (!_storages.TryGetValue(key, out var storage) || storage.Data is not null)
                throw new InputException($"{name}: byte {position}: every storage once expected, '{key}' came {(storage is null ? "without a tensor" : "twice")}");
            position += sizeof(long);
            if (length != storage.Length || length > (bytes.Length - position) / storage.ElementSize)
                throw new InputException($"{name}: byte {position - sizeof(long)}: {storage.Length} elements of storage '{key}' expected, {length} came and {bytes.Length - position} bytes are left");
            storage.Data = bytes.Slice(position, (int)length * storage.ElementSize);
            position += (int)length * storage.ElementSize;
        }

        if (_storages.FirstOrDefault(s => s.Value.Data is null) is { Key: { } missing })
            throw new InputException($"{name}: storage '{missing}' expected, it is not in the file's list");
    }

    private TorchStorage Add(PickleScanner scanner, string key, TorchStorage storage)
    {
        if (find is null)
        {
            if (storage.Length > scanner.Remaining / storage.ElementSize)
                throw scanner.Error($"storage '{key}' of {storage.Length} elements expected by its tensor, {scanner.Remaining} bytes are left");
            return storage;
        }

        var data = find(key) ?? throw scanner.Error($"storage '{key}' expected, the file has no such entry");
        if (storage.Length > data.Length / storage.ElementSize || data.Length != storage.Length * storage.ElementSize)
            throw scanner.Error($"storage '{key}' of {storage.Length} {storage.Type} elements expected, {data.Length} bytes came");
        storage.Data = data;
        return storage;
    }
}
