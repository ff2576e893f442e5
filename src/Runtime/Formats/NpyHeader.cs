using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CudaNoisy.Runtime.Formats;

/// <summary>The header of a .npy array: element type, dimensions, and where the data starts.</summary>
/// <param name="Type">numpy's type code without its byte order, like <c>f4</c>.</param>
/// <param name="Dims">Dimensions; empty for a scalar.</param>
/// <param name="Elements">Their product.</param>
/// <param name="Start">Bytes before the data.</param>
internal sealed partial record NpyHeader(string Type, IReadOnlyList<int> Dims, long Elements, int Start)
{
    private const int MaxHeader = 1 << 16;
    private const int MaxShown = 120;

    /// <summary>Bytes an element.</summary>
    public int Size => Type[^1] - '0';

    /// <summary>Reads a header of an array with fewer than <paramref name="limit"/> elements.</summary>
    /// <exception cref="InputException">It is not numpy's, or not of a numeric array in C order, or promises more data than <paramref name="available"/> bytes.</exception>
    public static NpyHeader Read(Stream stream, long available, string name, long limit)
    {
        Span<byte> prefix = stackalloc byte[12];
        ReadExactly(stream, prefix[..10], name);
        if (prefix[0] != 0x93 || !prefix[1..6].SequenceEqual("NUMPY"u8) || prefix[6] is not (1 or 2 or 3))
            throw new InputException($"{name}: a .npy array expected, its first bytes are not numpy's");
        var wide = prefix[6] > 1;
        if (wide)
            ReadExactly(stream, prefix[10..], name);
        var length = wide ? BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]);
        if (length > MaxHeader)
            throw new InputException($"{name}: a header below {MaxHeader} bytes expected, {length} came");
        var bytes = new byte[length];
        ReadExactly(stream, bytes, name);
        var header = Parse(Encoding.Latin1.GetString(bytes), (wide ? 12 : 10) + (int)length, name, limit);
        return header.Elements * header.Size <= available
            ? header
            : throw new InputException($"{name}: {header.Elements * header.Size} bytes of data expected, the file has {available}");
    }

    /// <summary>Fills a span from a stream.</summary>
    /// <exception cref="InputException">The stream ends before.</exception>
    public static void ReadExactly(Stream stream, Span<byte> target, string name)
    {
        var read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
            throw new InputException($"{name}: {target.Length} more bytes expected, the file ends after {read}");
    }

    private static NpyHeader Parse(string header, int start, string name, long limit)
    {
        var (type, shape) = (Descr().Match(header), ShapePattern().Match(header));
        if (!type.Success || !shape.Success)
            throw new InputException($"{name}: a numeric array expected, header {Shown(header)} came");
        if (Fortran().IsMatch(header))
            throw new InputException($"{name}: an array in C order expected, Fortran order came");
        var dims = new List<int>();
        long elements = 1;
        foreach (var part in shape.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var dim) || (elements *= dim) > limit)
                throw new InputException($"{name}: at most {limit} elements expected, shape ({shape.Groups[1].Value}) came");
            dims.Add(dim);
        }

        return new NpyHeader(type.Groups[1].Value.TrimStart('<', '|', '='), dims, elements, start);
    }

    private static string Shown(string header) => header.Trim() is { Length: > MaxShown } text ? text[..MaxShown] : header.Trim();

    [GeneratedRegex(@"'descr':\s*'([<>|=]?[a-z][1-8])'")]
    private static partial Regex Descr();

    [GeneratedRegex(@"'shape':\s*\(([0-9, ]*)\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex(@"'fortran_order':\s*True")]
    private static partial Regex Fortran();
}
