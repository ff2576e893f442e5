using System.Buffers.Binary;

namespace CudaNoisy.Training;

/// <summary>The layout that <see cref="CheckpointWriter"/> and <see cref="CheckpointReader"/> share; all numbers are little-endian.</summary>
/// <remarks>
/// <code>
/// header   8 bytes magic "CNOISYCK", int32 version, int32 number of sections, int64 length of the whole file, 32 bytes SHA-256
/// section  int32 bytes of the name, name (UTF-8), byte kind, int64 bytes of the data, data
/// </code>
/// The checksum covers the sections and then the first 24 bytes of the header.
/// </remarks>
internal static class CheckpointFormat
{
    public const int Version = 1;
    public const int HashedHeader = 24;
    public const int HashSize = 32;
    public const int HeaderSize = HashedHeader + HashSize;
    public const int MaxNameBytes = 1024;

    public enum Kind : byte
    {
        Bytes = 0,
        Floats = 1,
        Ints = 2,
        Longs = 3,
        Doubles = 4,
        Text = 5,
    }

    public static ReadOnlySpan<byte> Magic => "CNOISYCK"u8;

    public static int ElementSize(Kind kind) => kind switch
    {
        Kind.Floats or Kind.Ints => 4,
        Kind.Longs or Kind.Doubles => 8,
        _ => 1,
    };

    public static void WriteHeader(Span<byte> header, int sections, long length)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], sections);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], length);
    }
}
