using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CudaNoisy.Runtime.Formats;

/// <summary>Elements of arrays and tensors, from bytes. Types are named as numpy does (byte order, kind, width); "bf16" is PyTorch's bfloat16.</summary>
internal static class NumpyElements
{
    private static readonly HashSet<string> Known = ["f2", "f4", "f8", "u1", "i1", "i2", "u2", "i4", "u4", "i8", "u8", "b1"];

    public static bool IsKnown(string code) => Known.Contains(code);

    /// <summary>A typed array of all elements; halves become floats, u8 becomes long.</summary>
    /// <exception cref="InputException">The type is not known, or a number does not fit.</exception>
    public static Array Decode(ReadOnlySpan<byte> bytes, string code) => code[0] == '>'
        ? Native(Swapped(bytes, code[^1] - '0'), code[1..])
        : Native(bytes, code.TrimStart('<', '|', '='));

    /// <summary>An integer element.</summary>
    public static long ToLong(Array values, int index) => values switch
    {
        long[] v => v[index],
        int[] v => v[index],
        uint[] v => v[index],
        short[] v => v[index],
        ushort[] v => v[index],
        sbyte[] v => v[index],
        byte[] v => v[index],
        bool[] v => v[index] ? 1 : 0,
        _ => throw new InputException($"integers expected, elements of type {values.GetType().GetElementType()!.Name} came"),
    };

    /// <summary>Bytes in C order of an array in Fortran order.</summary>
    public static byte[] ToRowMajor(ReadOnlySpan<byte> bytes, IReadOnlyList<int> dims, int size)
    {
        var strides = new long[dims.Count];
        long stride = 1;
        for (var d = 0; d < dims.Count; d++)
        {
            strides[d] = stride;
            stride *= dims[d];
        }

        return Gather(bytes, dims, strides, size);
    }

    /// <summary>Elements in C order from elements at strides (in elements).</summary>
    public static byte[] Gather(ReadOnlySpan<byte> bytes, IReadOnlyList<int> dims, IReadOnlyList<long> strides, int size)
    {
        var count = 1;
        foreach (var dim in dims)
            count = checked(count * dim);
        var result = new byte[checked(count * size)];
        var index = new int[dims.Count];
        long source = 0;
        for (var i = 0; i < count; i++)
        {
            bytes.Slice((int)(source * size), size).CopyTo(result.AsSpan(i * size));
            for (var d = dims.Count - 1; d >= 0; d--)
            {
                source += strides[d];
                if (++index[d] < dims[d])
                    break;
                source -= strides[d] * dims[d];
                index[d] = 0;
            }
        }

        return result;
    }

    private static Array Native(ReadOnlySpan<byte> bytes, string code) => code switch
    {
        "f4" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        "f8" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
        "f2" => Floats(bytes, b => (float)BinaryPrimitives.ReadHalfLittleEndian(b)),
        "bf16" => Floats(bytes, b => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(b) << 16)),
        "u1" => bytes.ToArray(),
        "i1" => MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray(),
        "i2" => MemoryMarshal.Cast<byte, short>(bytes).ToArray(),
        "u2" => MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(),
        "i4" => MemoryMarshal.Cast<byte, int>(bytes).ToArray(),
        "u4" => MemoryMarshal.Cast<byte, uint>(bytes).ToArray(),
        "i8" => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
        "u8" => Signed(MemoryMarshal.Cast<byte, ulong>(bytes)),
        "b1" => Truths(bytes),
        _ => throw new InputException($"little-endian floats or integers expected, type {code} came"),
    };

    private static float[] Floats(ReadOnlySpan<byte> bytes, Func<ReadOnlySpan<byte>, float> read)
    {
        var values = new float[bytes.Length / 2];
        for (var i = 0; i < values.Length; i++)
            values[i] = read(bytes.Slice(2 * i, 2));
        return values;
    }

    private static bool[] Truths(ReadOnlySpan<byte> bytes)
    {
        var values = new bool[bytes.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = bytes[i] != 0;
        return values;
    }

    private static long[] Signed(ReadOnlySpan<ulong> bytes)
    {
        var values = new long[bytes.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = bytes[i] <= long.MaxValue ? (long)bytes[i] : throw new InputException($"integers of 63 bits expected, {bytes[i]} came");
        return values;
    }

    private static byte[] Swapped(ReadOnlySpan<byte> bytes, int size)
    {
        var swapped = bytes.ToArray();
        for (var i = 0; i + size <= swapped.Length; i += size)
            swapped.AsSpan(i, size).Reverse();
        return swapped;
    }
}
