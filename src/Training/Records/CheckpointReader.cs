using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using static CudaNoisy.Training.CheckpointFormat;

namespace CudaNoisy.Training;

/// <summary>Reads a checkpoint. The checksum is verified when the file is opened; sections are then read straight into place, so memory stays at what is asked for.</summary>
public sealed class CheckpointReader : IDisposable
{
    private const int HashBlock = 1 << 18;

    private readonly FileStream _stream;
    private readonly Dictionary<string, Section> _sections = new(StringComparer.Ordinal);

    private CheckpointReader(string path, FileStream stream)
    {
        FilePath = path;
        _stream = stream;
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>The sections' names, in the order in which they were written.</summary>
    public IReadOnlyCollection<string> Names => _sections.Keys;

    /// <summary>Opens a checkpoint and verifies its length and checksum.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecordException">The file is missing, is no checkpoint, comes from a newer version, is cut or damaged.</exception>
    public static CheckpointReader Open(string path)
    {
        CheckpointReader? reader = null;
        try
        {
            reader = new CheckpointReader(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
            reader.Load();
            return reader;
        }
        catch (Exception cause)
        {
            reader?.Dispose();
            if (cause is FileNotFoundException)
                throw new RecordException(path, "there is no such checkpoint", cause);
            if (RecordException.IsFileError(cause))
                throw RecordException.From(path, "reading", cause);
            throw;
        }
    }

    /// <summary>Whether a section is there.</summary>
    public bool Has(string name) => _sections.ContainsKey(name);

    /// <summary>Number of elements of a section.</summary>
    /// <exception cref="RecordException">There is no such section.</exception>
    public int Length(string name)
    {
        var section = Find(name);
        return checked((int)(section.Bytes / ElementSize(section.Kind)));
    }

    /// <summary>The floats of a section.</summary>
    /// <exception cref="RecordException">There is no such section, or it holds something else.</exception>
    public float[] GetFloats(string name) => Get<float>(name, Kind.Floats);

    /// <summary>The doubles of a section.</summary>
    /// <inheritdoc cref="GetFloats"/>
    public double[] GetDoubles(string name) => Get<double>(name, Kind.Doubles);

    /// <summary>The integers of a section.</summary>
    /// <inheritdoc cref="GetFloats"/>
    public int[] GetInts(string name) => Get<int>(name, Kind.Ints);

    /// <summary>The long integers of a section.</summary>
    /// <inheritdoc cref="GetFloats"/>
    public long[] GetLongs(string name) => Get<long>(name, Kind.Longs);

    /// <summary>The bytes of a section.</summary>
    /// <inheritdoc cref="GetFloats"/>
    public byte[] GetBytes(string name) => Get<byte>(name, Kind.Bytes);

    /// <summary>The text of a section.</summary>
    /// <inheritdoc cref="GetFloats"/>
    public string GetText(string name) => Encoding.UTF8.GetString(Get<byte>(name, Kind.Text));

    /// <summary>A section of one whole number.</summary>
    /// <exception cref="RecordException">There is no such section, or it holds something else.</exception>
    public long GetLong(string name)
    {
        Span<long> value = stackalloc long[1];
        Read(name, Kind.Longs, MemoryMarshal.AsBytes(value));
        return value[0];
    }

    /// <summary>A section of one number.</summary>
    /// <inheritdoc cref="GetLong"/>
    public double GetDouble(string name)
    {
        Span<double> value = stackalloc double[1];
        Read(name, Kind.Doubles, MemoryMarshal.AsBytes(value));
        return value[0];
    }

    /// <summary>Reads floats into place.</summary>
    /// <param name="name">The section.</param>
    /// <param name="destination">Takes the values; its length must be the section's.</param>
    /// <exception cref="RecordException">There is no such section, it holds something else, or another number of values.</exception>
    public void Read(string name, Span<float> destination) => Read(name, Kind.Floats, MemoryMarshal.AsBytes(destination));

    /// <inheritdoc cref="Read(string, Span{float})"/>
    public void Read(string name, Span<double> destination) => Read(name, Kind.Doubles, MemoryMarshal.AsBytes(destination));

    /// <inheritdoc cref="Read(string, Span{float})"/>
    public void Read(string name, Span<int> destination) => Read(name, Kind.Ints, MemoryMarshal.AsBytes(destination));

    /// <inheritdoc cref="Read(string, Span{float})"/>
    public void Read(string name, Span<long> destination) => Read(name, Kind.Longs, MemoryMarshal.AsBytes(destination));

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Load()
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        var length = _stream.Length;
        if (length < HeaderSize)
            throw Damaged($"{length} bytes are too few for a checkpoint");
        _stream.ReadExactly(header);
        if (!header[..8].SequenceEqual(Magic))
            throw Damaged("it does not begin like a checkpoint");
        var version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version != CheckpointFormat.Version)
            throw new RecordException(FilePath, $"checkpoint format {CheckpointFormat.Version} expected, {version} came (written by another version of the program, or damaged)");
        var recorded = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        if (recorded != length)
            throw Damaged($"{recorded} bytes expected, the file has {length}");
        VerifyChecksum(header);
        _stream.Position = HeaderSize;
        var count = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        for (var i = 0; i < count; i++)
            IndexSection(length);
        if (_stream.Position != length)
            throw Damaged($"{length - _stream.Position} bytes after the last section");
    }

    private void VerifyChecksum(ReadOnlySpan<byte> header)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[HashBlock];
        for (int read; (read = _stream.Read(block)) > 0;)
            hash.AppendData(block, 0, read);
        hash.AppendData(header[..HashedHeader]);
        if (!header[HashedHeader..].SequenceEqual(hash.GetHashAndReset()))
            throw Damaged("the checksum does not match");
    }

    /// <summary>Adds the section at the stream's place and steps over its data. The checksum matched, yet nothing is taken on trust: a file may be forged.</summary>
    private void IndexSection(long length)
    {
        var start = _stream.Position;
        Span<byte> number = stackalloc byte[8];
        if (length - start < 4)
            throw Damaged($"a section begins at byte {start} and the file ends");
        _stream.ReadExactly(number[..4]);
        var nameBytes = BinaryPrimitives.ReadInt32LittleEndian(number);
        if (nameBytes is <= 0 or > MaxNameBytes || length - start < 4 + nameBytes + 9)
            throw Damaged($"the section at byte {start} claims a name of {nameBytes} bytes");
        Span<byte> name = stackalloc byte[nameBytes];
        _stream.ReadExactly(name);
        var kind = (Kind)_stream.ReadByte();
        _stream.ReadExactly(number);
        var bytes = BinaryPrimitives.ReadInt64LittleEndian(number);
        if (!Enum.IsDefined(kind) || bytes < 0 || bytes > length - _stream.Position || bytes % ElementSize(kind) != 0)
            throw Damaged($"the section at byte {start} claims {bytes} bytes of kind {(byte)kind}");
        if (!_sections.TryAdd(Encoding.UTF8.GetString(name), new Section(kind, _stream.Position, bytes)))
            throw Damaged($"the section at byte {start} appears twice");
        _stream.Position += bytes;
    }

    private T[] Get<T>(string name, Kind kind)
        where T : unmanaged
    {
        var values = new T[Length(name)];
        Read(name, kind, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private void Read(string name, Kind kind, Span<byte> destination)
    {
        var section = Find(name);
        if (section.Kind != kind)
            throw new RecordException(FilePath, $"section '{name}': {kind} expected, {section.Kind} came");
        if (section.Bytes != destination.Length)
            throw new RecordException(FilePath, $"section '{name}': {destination.Length / ElementSize(kind)} values expected, {section.Bytes / ElementSize(kind)} came");
        try
        {
            _stream.Position = section.Offset;
            _stream.ReadExactly(destination);
        }
        catch (IOException cause)
        {
            throw RecordException.From(FilePath, "reading", cause);
        }
    }

    private Section Find(string name) =>
        _sections.TryGetValue(name, out var section) ? section : throw new RecordException(FilePath, $"the checkpoint has no section '{name}'");

    private RecordException Damaged(string reason) => new(FilePath, $"the checkpoint is damaged: {reason}");

    private readonly record struct Section(Kind Kind, long Offset, long Bytes);
}
