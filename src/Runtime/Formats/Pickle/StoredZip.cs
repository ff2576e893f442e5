using System.Buffers.Binary;
using System.Text;

namespace CudaNoisy.Runtime.Formats;

/// <summary>Zip files whose entries are not compressed, as PyTorch writes them; entries are parts of the file's bytes.</summary>
/// <remarks>PKWARE APPNOTE 6.3: sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14 to 4.3.16 (its end), 4.5.3 (64-bit sizes).</remarks>
internal static class StoredZip
{
    private const uint LocalHeader = 0x04034b50;
    private const uint CentralHeader = 0x02014b50;
    private const uint End = 0x06054b50;
    private const uint End64 = 0x06064b50;
    private const uint Locator64 = 0x07064b50;
    private const int EndSize = 22;
    private const int LocatorSize = 20;
    private const int CentralSize = 46;
    private const int LocalSize = 30;
    private const ushort Extra64 = 1;

    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == LocalHeader;

    /// <summary>All entries by name.</summary>
    public static Dictionary<string, ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> file, string name)
    {
        var bytes = file.Span;
        var (position, count) = Directory(bytes, name);
        var entries = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            var header = Part(bytes, position, CentralSize, name);
            if (U32(header, 0) != CentralHeader)
                throw Error(name, position, "an entry of the zip directory expected");
            var (nameLength, extraLength, commentLength) = (U16(header, 28), U16(header, 30), U16(header, 32));
            var entry = Encoding.UTF8.GetString(Part(bytes, position + CentralSize, nameLength, name));
            var (packed, size, local) = Sizes(header, Part(bytes, position + CentralSize + nameLength, extraLength, name));
            if (U16(header, 10) != 0 || packed != size)
                throw Error(name, position, $"an entry without compression expected, '{entry}' is compressed");
            if ((U16(header, 8) & 1) != 0)
                throw Error(name, position, $"an entry without encryption expected, '{entry}' is encrypted");
            if (!entries.TryAdd(entry, Content(file, local, size, name)))
                throw Error(name, position, $"every entry once expected, '{entry}' came twice");
            position += CentralSize + nameLength + extraLength + commentLength;
        }

        return entries;
    }

    /// <summary>Where the directory starts and how many entries it has.</summary>
    private static (long Start, long Count) Directory(ReadOnlySpan<byte> bytes, string name)
    {
        var last = bytes.Length - EndSize;
        var first = Math.Max(0, last - ushort.MaxValue);
        var end = last;
        while (end >= first && U32(bytes, end) != End)
            end--;
        if (end < first)
            throw new InputException($"{name}: a whole zip file expected, its directory is missing; the file is cut or damaged");
        var (start, count) = ((long)U32(bytes, end + 16), (long)U16(bytes, end + 10));
        if (end >= LocatorSize && U32(bytes, end - LocatorSize) == Locator64)
        {
            var position = I64(bytes, end - LocatorSize + 8);
            var end64 = Part(bytes, position, 56, name);
            if (U32(end64, 0) != End64)
                throw Error(name, position, "the end of a zip directory expected");
            (start, count) = (I64(end64, 48), I64(end64, 32));
        }

        if (count < 0 || count > bytes.Length / CentralSize)
            throw Error(name, end, $"a zip directory of at most {bytes.Length / CentralSize} entries expected, {count} came");
        return (start, count);
    }

    private static (long Packed, long Size, long Local) Sizes(ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra)
    {
        var (packed, size, local) = ((long)U32(header, 20), (long)U32(header, 24), (long)U32(header, 42));
        while (extra.Length >= 4)
        {
            var length = Math.Min(U16(extra, 2), extra.Length - 4);
            var field = extra.Slice(4, length);
            if (U16(extra, 0) == Extra64)
            {
                size = Wide(size, ref field);
                packed = Wide(packed, ref field);
                local = Wide(local, ref field);
            }

            extra = extra[(4 + length)..];
        }

        return (packed, size, local);
    }

    /// <summary>A 64-bit size stands in the extra field where the 32-bit one is all ones.</summary>
    private static long Wide(long value, ref ReadOnlySpan<byte> field)
    {
        if (value != uint.MaxValue || field.Length < sizeof(long))
            return value;
        value = I64(field, 0);
        field = field[sizeof(long)..];
        return value;
    }

    private static ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> file, long local, long size, string name)
    {
        var header = Part(file.Span, local, LocalSize, name);
        if (U32(header, 0) != LocalHeader)
            throw Error(name, local, "an entry of the zip file expected");
        var start = local + LocalSize + U16(header, 26) + U16(header, 28);
        _ = Part(file.Span, start, size, name);
        return file.Slice((int)start, (int)size);
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, long start, long length, string name) =>
        start >= 0 && length >= 0 && start <= bytes.Length && length <= bytes.Length - start
            ? bytes.Slice((int)start, (int)length)
            : throw Error(name, start, $"{length} bytes expected in a file of {bytes.Length}; it is cut or damaged");

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static InputException Error(string name, long position, string message) => new($"{name}: byte {position}: {message}");
}
