using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CudaNoisy.Training.TensorBoard;

/// <summary>TFRecord framing: length (8 bytes), its checksum (4), the record, the record's checksum (4), all little-endian.</summary>
/// <remarks>The checksum is CRC-32C (Castagnoli, RFC 3720), masked: rotated right by 15 bits, plus 0xA282EAD8.</remarks>
internal static class RecordFrame
{
    private const int Before = 12;
    private const int After = 4;
    private const uint Mask = 0xA282EAD8;

    /// <summary>A record with its frame.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> record)
    {
        var framed = new byte[Before + record.Length + After];
        BinaryPrimitives.WriteUInt64LittleEndian(framed, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(8), Masked(framed.AsSpan(0, 8)));
        record.CopyTo(framed.AsSpan(Before));
        BinaryPrimitives.WriteUInt32LittleEndian(framed.AsSpan(Before + record.Length), Masked(record));
        return framed;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var last in bytes[(bytes.Length / 8 * 8)..])
            crc = BitOperations.Crc32C(crc, last);
        return BitOperations.RotateRight(~crc, 15) + Mask;
    }
}
