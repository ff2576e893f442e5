using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using static CudaNoisy.Training.CheckpointFormat;

namespace CudaNoisy.Training;

/// <summary>Writes a checkpoint: named sections of numbers, bytes or text in one file, which replaces an older one only when it is whole.</summary>
public sealed class CheckpointWriter
{
    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private CheckpointWriter(Stream stream)
    {
        _stream = stream;
        _stream.Write(new byte[HeaderSize]);
    }

    /// <summary>Writes a checkpoint to a temporary file, flushes it to the disk and renames it.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="write">Adds the sections; if it throws, nothing changes on disk.</param>
    /// <param name="keepAs">Where the file that is replaced goes; null: it is gone.</param>
    /// <exception cref="RecordException">The disk is full, the folder is read-only or gone.</exception>
    public static void Save(string path, Action<CheckpointWriter> write, string? keepAs = null) => AtomicFile.Write(path, stream =>
    {
        var writer = new CheckpointWriter(stream);
        write(writer);
        writer.Finish();
    }, keepAs);

    /// <summary>Adds an array of floats; they come back bit for bit.</summary>
    /// <param name="name">The section's name, not used before.</param>
    /// <param name="values">The values.</param>
    public void Add(string name, ReadOnlySpan<float> values) => Add(name, Kind.Floats, MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float})"/>
    public void Add(string name, ReadOnlySpan<double> values) => Add(name, Kind.Doubles, MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float})"/>
    public void Add(string name, ReadOnlySpan<int> values) => Add(name, Kind.Ints, MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float})"/>
    public void Add(string name, ReadOnlySpan<long> values) => Add(name, Kind.Longs, MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float})"/>
    public void Add(string name, ReadOnlySpan<byte> values) => Add(name, Kind.Bytes, values);

    /// <summary>Adds one whole number.</summary>
    /// <param name="name">The section's name, not used before.</param>
    /// <param name="value">The value.</param>
    public void Add(string name, long value) => Add(name, [value]);

    /// <summary>Adds one number.</summary>
    /// <param name="name">The section's name, not used before.</param>
    /// <param name="value">The value.</param>
    public void Add(string name, double value) => Add(name, [value]);

    /// <summary>Adds text.</summary>
    /// <param name="name">The section's name, not used before.</param>
    /// <param name="value">The text.</param>
    public void Add(string name, string value) => Add(name, Kind.Text, AtomicFile.Utf8.GetBytes(value));

    private void Add(string name, Kind kind, ReadOnlySpan<byte> data)
    {
        var nameBytes = AtomicFile.Utf8.GetBytes(name);
        if (nameBytes.Length is 0 or > MaxNameBytes)
            throw new ArgumentException($"A section name of 1 to {MaxNameBytes} bytes expected, {nameBytes.Length} came.", nameof(name));
        if (!_names.Add(name))
            throw new ArgumentException($"The section '{name}' was added twice.", nameof(name));
        Span<byte> head = stackalloc byte[4 + nameBytes.Length + 1 + 8];
        BinaryPrimitives.WriteInt32LittleEndian(head, nameBytes.Length);
        nameBytes.CopyTo(head[4..]);
        head[4 + nameBytes.Length] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(head[(5 + nameBytes.Length)..], data.Length);
        Append(head);
        Append(data);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _hash.AppendData(bytes);
    }

    private void Finish()
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        WriteHeader(header, _names.Count, _stream.Position);
        _hash.AppendData(header[..HashedHeader]);
        _hash.GetHashAndReset(header[HashedHeader..]);
        _hash.Dispose();
        _stream.Position = 0;
        _stream.Write(header);
    }
}
