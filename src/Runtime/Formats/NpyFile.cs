using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace CudaNoisy.Runtime.Formats;

/// <summary>Numpy's .npy and .npz files: little-endian numbers, C order. Object arrays are refused; nothing is executed.</summary>
public static class NpyFile
{
    /// <summary>Deflate makes nothing smaller than by this factor, so an entry's claimed length is checked before memory is taken.</summary>
    private const long MaxDeflation = 1032;

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
                arrays[entry.FullName[..^4]] = Read(stream, Math.Min(entry.Length, entry.CompressedLength * MaxDeflation), $"{path}({entry.FullName})");
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
        var header = NpyHeader.Read(stream, available, name, Array.MaxLength);
        return new NpyArray(header.Dims, header.Type switch
        {
            "f4" => Elements<float>(stream, header.Elements, name),
            "f8" => Elements<double>(stream, header.Elements, name),
            "u1" => Elements<byte>(stream, header.Elements, name),
            "i1" => Elements<sbyte>(stream, header.Elements, name),
            "i2" => Elements<short>(stream, header.Elements, name),
            "u2" => Elements<ushort>(stream, header.Elements, name),
            "i4" => Elements<int>(stream, header.Elements, name),
            "u4" => Elements<uint>(stream, header.Elements, name),
            "i8" => Elements<long>(stream, header.Elements, name),
            "b1" => Elements<bool>(stream, header.Elements, name),
            _ => throw new InputException($"{name}: little-endian floats or integers expected, type {header.Type} came"),
        });
    }

    private static T[] Elements<T>(Stream stream, long count, string name)
        where T : unmanaged
    {
        var values = new T[count];
        NpyHeader.ReadExactly(stream, MemoryMarshal.AsBytes(values.AsSpan()), name);
        return values;
    }
}
