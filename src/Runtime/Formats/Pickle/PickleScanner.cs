using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace CudaNoisy.Runtime.Formats;

/// <summary>Takes numbers, text and bytes from a pickle. Every length is compared with what is left before anything is allocated.</summary>
internal sealed class PickleScanner(ReadOnlyMemory<byte> bytes, string name, int start, PickleBudget budget)
{
    private const int MaxNumberLength = 64;

    /// <summary>Cut surrogates may stand in pickled text ("surrogatepass"); they become U+FFFD.</summary>
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: false);

    private int _operation = start;

    public int Position { get; private set; } = start;

    public int Remaining => bytes.Length - Position;

    public InputException Error(string message) => new($"{name}: byte {_operation}: {message}");

    public void Charge(long amount)
    {
        if (!budget.Take(amount))
            throw Error("this file would need far more memory than its length explains; a plain pickle expected");
    }

    public char Operation()
    {
        _operation = Position;
        return (char)Take(1)[0];
    }

    public ReadOnlySpan<byte> Take(int count) => TakeMemory(count).Span;

    public ReadOnlyMemory<byte> TakeMemory(long count)
    {
        if (count < 0 || count > Remaining)
            throw Error($"{count} more bytes expected, the data ends after {Remaining}");
        var taken = bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Length64() => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(Take(8)), long.MaxValue);

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public string Text(long length)
    {
        var span = TakeMemory(length).Span;
        Charge(2L * span.Length);
        return Utf8.GetString(span);
    }

    /// <summary>A line, without its end.</summary>
    public ReadOnlyMemory<byte> Line()
    {
        var length = bytes.Span[Position..].IndexOf((byte)'\n');
        if (length < 0)
            throw Error("the end of a line expected, the data ends before it");
        var line = TakeMemory(length);
        Position++;
        return line;
    }

    public string LineText()
    {
        var line = Line();
        Charge(2L * line.Length);
        return Utf8.GetString(line.Span);
    }

    /// <summary>A line that holds a decimal integer; <c>I00</c> and <c>I01</c> are the truth values of protocol 1.</summary>
    public object Integer(bool truth)
    {
        var text = NumberText().TrimEnd('L');
        if (truth && text is ("00" or "01"))
            return text == "01";
        return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? Narrow(value)
            : throw Error("a decimal integer expected");
    }

    public double Real() => NumberText() switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Error("a decimal number expected"),
    };

    /// <summary>A two's complement integer of any length.</summary>
    public object Long(long length)
    {
        if (length is < 0 or > MaxNumberLength)
            throw Error($"an integer of at most {MaxNumberLength} bytes expected, {length} came");
        return Narrow(new BigInteger(Take((int)length)));
    }

    private static object Narrow(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    private string NumberText()
    {
        var line = Line().Span;
        return line.Length <= MaxNumberLength ? Encoding.Latin1.GetString(line) : throw Error($"a number of at most {MaxNumberLength} digits expected, {line.Length} came");
    }
}
