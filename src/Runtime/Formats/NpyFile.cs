using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace CudaNoisy.Runtime.Formats;

/// <summary>Numpy's .npy and .npz files: little-endian numbers, C order. Object arrays are refused; nothing is executed.</summary>
public static partial class NpyFile
{
    private const int MaxHeader = 1 << 16;

    /// <summary>Reads a .npy file.</summary>
    /// <exception cref="InputException">The file cannot be read, is cut, or holds something else.</exception>
    public static NpyArray Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, stream.Length, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: a .npy file expected, but it cannot be read: {e.Message.Split('\n')[0]}", e);
        }
    }

    /// <summary>Reads all arrays of a .npz file, by name without the extension.</summary>
    /// <exception cref="InputException">The file cannot be read, is cut, or holds something else.</exception>
    public static Dictionary<string, NpyArray> ReadArchive(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var arrays = new Dictionary<string, NpyArray>();
            foreach (var entry in archive.Entries.Where(e => e.FullName.EndsWith(".npy", StringComparison.Ordinal)))
            {
                using var stream = entry.Open();
                arrays[entry.FullName[..^4]] = Read(stream, entry.Length, $"{path}({entry.FullName})");
            }

            return arrays;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException($"{path}: a .npz file expected, but it cannot be read: {e.Message.Split('\n')[0]}", e);
        }
    }

    /// <summary>Writes floats as .npy, format 1.0.</summary>
    public static void Write(Stream stream, IReadOnlyList<int> dims, ReadOnlySpan<float> values)
    {
        WriteHeader(stream, dims, "<f4");
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes ints as .npy, format 1.0.</summary>
    public static void Write(Stream stream, IReadOnlyList<int> dims, ReadOnlySpan<int> values)
    {
        WriteHeader(stream, dims, "<i4");
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    private static void WriteHeader(Stream stream, IReadOnlyList<int> dims, string type)
    {
        var shape = dims.Count == 1 ? $"({dims[0]},)" : $"({string.Join(", ", dims)})";
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
    }

    private static NpyArray Read(Stream stream, long available, string name)
    {
        Span<byte> prefix = stackalloc byte[12];
        ReadExactly(stream, prefix[..10], name);
        if (prefix[0] != 0x93 || !prefix[1..6].SequenceEqual("NUMPY"u8) || prefix[6] is not (1 or 2 or 3))
            throw new InputException($"{name}: a .npy array expected, its first bytes are not numpy's");
        var long2 = prefix[6] > 1;
        if (long2)
            ReadExactly(stream, prefix[10..], name);
        var length = long2 ? BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]);
        if (length > MaxHeader)
            throw new InputException($"{name}: a header below {MaxHeader} bytes expected, {length} came");
        var bytes = new byte[length];
        ReadExactly(stream, bytes, name);
        var header = Encoding.Latin1.GetString(bytes);
        var (type, shape) = (Descr().Match(header), ShapePattern().Match(header));
        if (!type.Success || !shape.Success)
            throw new InputException($"{name}: a numeric array expected, header {header.Trim()} came");
        if (Fortran().IsMatch(header))
            throw new InputException($"{name}: an array in C order expected, Fortran order came");
        var dims = new List<int>();
        long elements = 1;
        foreach (var part in shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var dim) || (elements *= dim) > Array.MaxLength)
                throw new InputException($"{name}: at most {Array.MaxLength} elements expected, shape ({shape.Groups[1].Value}) came");
            dims.Add(dim);
        }

        var code = type.Groups[1].Value;
        var size = code[^1] - '0';
        if (elements * size > available)
            throw new InputException($"{name}: {elements * size} bytes of data expected, the file has {available}");
        return new NpyArray(dims, code.TrimStart('<', '|', '=') switch
        {
            "f4" => Elements<float>(stream, elements, name),
            "f8" => Elements<double>(stream, elements, name),
            "u1" => Elements<byte>(stream, elements, name),
            "i1" => Elements<sbyte>(stream, elements, name),
            "i2" => Elements<short>(stream, elements, name),
            "u2" => Elements<ushort>(stream, elements, name),
            "i4" => Elements<int>(stream, elements, name),
            "u4" => Elements<uint>(stream, elements, name),
            "i8" => Elements<long>(stream, elements, name),
            "b1" => Elements<bool>(stream, elements, name),
            _ => throw new InputException($"{name}: little-endian floats or integers expected, type {code} came"),
        });
    }

    private static T[] Elements<T>(Stream stream, long count, string name)
        where T : unmanaged
    {
        var values = new T[count];
        ReadExactly(stream, MemoryMarshal.AsBytes(values.AsSpan()), name);
        return values;
    }

    private static void ReadExactly(Stream stream, Span<byte> target, string name)
    {
        var read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
            throw new InputException($"{name}: {target.Length} more bytes expected, the file ends after {read}");
    }

    [GeneratedRegex(@"'descr':\s*'([<>|=]?[a-z][1-8])'")]
    private static partial Regex Descr();

    [GeneratedRegex(@"'shape':\s*\(([0-9, ]*)\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex(@"'fortran_order':\s*True")]
    private static partial Regex Fortran();
}
