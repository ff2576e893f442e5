using System.Globalization;
using System.Text;

namespace CudaNoisy.Runtime.Formats;

/// <summary>The text literals of protocol 0.</summary>
internal static class PythonText
{
    /// <summary>A quoted byte string with Python's escapes.</summary>
    public static PickleBytes Quoted(PickleScanner scanner, ReadOnlySpan<byte> line)
    {
        if (line.Length < 2 || line[0] != line[^1] || line[0] is not ((byte)'\'' or (byte)'"'))
            throw scanner.Error("a quoted string expected");
        line = line[1..^1];
        scanner.Charge(line.Length);
        var bytes = new byte[line.Length];
        var length = 0;
        for (var i = 0; i < line.Length; i++)
            bytes[length++] = line[i] == '\\' ? Escaped(scanner, line, ref i) : line[i];
        return new PickleBytes(bytes.AsMemory(0, length));
    }

    /// <summary>Latin-1 with \uXXXX and \UXXXXXXXX.</summary>
    public static string RawUnicode(PickleScanner scanner, ReadOnlySpan<byte> line)
    {
        scanner.Charge(4L * line.Length);
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var digits = line[i] == '\\' && i + 1 < line.Length ? line[i + 1] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 } : 0;
            if (digits == 0)
            {
                text.Append((char)line[i]);
                continue;
            }

            var code = Hexadecimal(scanner, line, i + 2, digits);
            if (code < 0x10000)
                text.Append((char)code);
            else if (code <= 0x10ffff)
                text.Append(char.ConvertFromUtf32((int)code));
            else
                throw scanner.Error($"a character below U+10FFFF expected, {code:x} came");
            i += 1 + digits;
        }

        return text.ToString();
    }

    private static byte Escaped(PickleScanner scanner, ReadOnlySpan<byte> line, ref int i)
    {
        if (++i >= line.Length)
            throw scanner.Error("a character after a backslash expected");
        switch ((char)line[i])
        {
            case 'n': return (byte)'\n';
            case 'r': return (byte)'\r';
            case 't': return (byte)'\t';
            case 'a': return 7;
            case 'b': return 8;
            case 'v': return 11;
            case 'f': return 12;
            case '\\' or '\'' or '"': return line[i];
            case 'x':
                i += 2;
                return (byte)Hexadecimal(scanner, line, i - 1, 2);
            case >= '0' and <= '7':
                var value = 0;
                var end = Math.Min(i + 3, line.Length);
                for (; i < end && line[i] is >= (byte)'0' and <= (byte)'7'; i++)
                    value = (8 * value) + line[i] - '0';
                i--;
                return (byte)value;
            default: throw scanner.Error("an escape sequence of Python's expected");
        }
    }

    private static uint Hexadecimal(PickleScanner scanner, ReadOnlySpan<byte> line, int start, int digits) =>
        start + digits <= line.Length && uint.TryParse(line.Slice(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw scanner.Error($"{digits} hexadecimal digits expected");
}
