using System.Buffers.Binary;
using System.Text;

namespace CudaNoisy.Tests.Records;

/// <summary>Reads TensorBoard event files without anything of the product's: records with both checksums (bit by bit, from the polynomial), protobuf fields by number.</summary>
public sealed class EventReader
{
    private const uint Castagnoli = 0x82F63B78;
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>Everything a file says.</summary>
    public sealed class Contents
    {
        public List<string> Versions { get; } = [];

        public List<double> Times { get; } = [];

        public Dictionary<(long Step, string Tag), float> Scalars { get; } = [];

        public Dictionary<(long Step, string Tag), HistogramValue> Histograms { get; } = [];

        public Dictionary<(long Step, string Tag), (int Width, int Height, byte[] Png)> Pictures { get; } = [];
    }

    public sealed record HistogramValue(double Min, double Max, double Count, double Sum, double SumSquares, double[] Limits, double[] Counts);

    /// <summary>CRC-32C: reflected polynomial 0x82F63B78, all ones before and after.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFF;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Castagnoli;
        }

        return crc ^ 0xFFFFFFFF;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">A checksum or a length is wrong.</exception>
    public static Contents Read(byte[] file)
    {
        var contents = new Contents();
        for (var at = 0; at < file.Length;)
        {
            if (file.Length - at < 16)
                throw new InvalidDataException($"{file.Length - at} bytes left at {at}");
            Verify(file.AsSpan(at, 8), file.AsSpan(at + 8, 4));
            var length = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            if (length > (ulong)(file.Length - at - 16))
                throw new InvalidDataException($"a record of {length} bytes at {at}");
            var record = file.AsSpan(at + 12, (int)length);
            Verify(record, file.AsSpan(at + 12 + (int)length, 4));
            ReadEvent(record, contents);
            at += 16 + (int)length;
        }

        return contents;
    }

    private static void Verify(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> checksum)
    {
        var crc = Crc32C(bytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(checksum) != unchecked(((crc >> 15) | (crc << 17)) + MaskDelta))
            throw new InvalidDataException("checksum");
    }

    private static void ReadEvent(ReadOnlySpan<byte> record, Contents contents)
    {
        var fields = Fields(record);
        contents.Times.Add(fields.Single(f => f.Number == 1).Double);
        var step = fields.Where(f => f.Number == 2).Select(f => (long)f.Integer).SingleOrDefault();
        contents.Versions.AddRange(fields.Where(f => f.Number == 3).Select(f => Encoding.UTF8.GetString(f.Bytes)));
        foreach (var value in fields.Where(f => f.Number == 5).SelectMany(f => Fields(f.Bytes)).Where(f => f.Number == 1).Select(f => Fields(f.Bytes)))
        {
            var key = (step, Encoding.UTF8.GetString(value.Single(f => f.Number == 1).Bytes));
            var content = value.Single(f => f.Number != 1);
            if (content.Number == 2)
                contents.Scalars.Add(key, BitConverter.UInt32BitsToSingle((uint)content.Integer));
            else if (content.Number == 4)
                contents.Pictures.Add(key, ReadPicture(Fields(content.Bytes)));
            else if (content.Number == 5)
                contents.Histograms.Add(key, ReadHistogram(Fields(content.Bytes)));
            else
                throw new InvalidDataException($"a value of field {content.Number}");
        }
    }

    private static (int Width, int Height, byte[] Png) ReadPicture(List<Field> fields) =>
        ((int)fields.Single(f => f.Number == 2).Integer, (int)fields.Single(f => f.Number == 1).Integer, fields.Single(f => f.Number == 4).Bytes);

    private static HistogramValue ReadHistogram(List<Field> fields)
    {
        double One(int number) => fields.Where(f => f.Number == number).Select(f => f.Double).SingleOrDefault();
        double[] Many(int number) => [.. fields.Where(f => f.Number == number).SelectMany(f => f.Bytes.Chunk(8)).Select(b => BinaryPrimitives.ReadDoubleLittleEndian(b))];
        return new HistogramValue(One(1), One(2), One(3), One(4), One(5), Many(6), Many(7));
    }

    private static List<Field> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<Field>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add(new Field(number, Varint(message, ref at), []));
                    break;
                case 1:
                    fields.Add(new Field(number, BinaryPrimitives.ReadUInt64LittleEndian(message[at..]), []));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    fields.Add(new Field(number, 0, message.Slice(at, length).ToArray()));
                    at += length;
                    break;
                case 5:
                    fields.Add(new Field(number, BinaryPrimitives.ReadUInt32LittleEndian(message[at..]), []));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7}");
            }
        }

        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = message[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
    }

    private sealed record Field(int Number, ulong Integer, byte[] Bytes)
    {
        public double Double => BitConverter.UInt64BitsToDouble(Integer);
    }
}
