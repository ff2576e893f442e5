using System.Buffers.Binary;
using CudaNoisy.Runtime.Onnx.Proto;
using static CudaNoisy.Runtime.Onnx.Proto.TensorProto.Types;

namespace CudaNoisy.Runtime.Onnx;

/// <summary>A constant of an ONNX graph: floats, or integers of any width and booleans as 64-bit integers.</summary>
/// <remarks>Doubles and half floats become floats. In integer constants that were computed from a shape, <see cref="BatchSize"/> stands for the batch size.</remarks>
internal sealed class OnnxTensor
{
    /// <summary>Stands for the batch size, which is not known at import.</summary>
    public const long BatchSize = long.MinValue + 0x0BA7C4;

    private readonly long[]? _longs;

    private OnnxTensor(int[] dims, float[]? floats, long[]? longs)
    {
        Dims = dims;
        Floats = floats;
        _longs = longs;
    }

    /// <summary>Dimensions; empty for a scalar.</summary>
    public int[] Dims { get; }

    /// <summary>Elements.</summary>
    public int Length => Floats?.Length ?? _longs!.Length;

    /// <summary>The values of a float constant, else null.</summary>
    public float[]? Floats { get; }

    public static OnnxTensor Of(int[] dims, float[] values) => new(dims, values, null);

    public static OnnxTensor Of(int[] dims, long[] values) => new(dims, null, values);

    public static OnnxTensor Vector(params long[] values) => new([values.Length], null, values);

    public static OnnxTensor Scalar(long value) => new([], null, [value]);

    /// <summary>Reads a tensor whose claimed size must agree with the data that is there.</summary>
    public static OnnxTensor Read(TensorProto proto, string file)
    {
        var name = string.IsNullOrEmpty(proto.Name) ? "constant" : $"tensor '{proto.Name}'";
        if (proto.DataLocation != 0 || proto.ExternalData.Count > 0)
            throw new InputException($"{file}: {name}: data inside the file expected, external data came; save the model as one file");
        var dims = new int[proto.Dims.Count];
        long length = 1;
        for (var i = 0; i < dims.Length; i++)
        {
            var dim = proto.Dims[i];
            if (dim is < 0 or > int.MaxValue || (length *= dim) > int.MaxValue)
                throw new InputException($"{file}: {name}: at most {int.MaxValue} elements expected, dimensions [{string.Join(',', proto.Dims)}] came");
            dims[i] = (int)dim;
        }

        var type = (DataType)proto.DataType;
        var raw = proto.RawData.Span;
        var values = type switch
        {
            DataType.Float => new OnnxTensor(dims, Floating(raw, 4, proto.FloatData, BinaryPrimitives.ReadSingleLittleEndian), null),
            DataType.Double => new OnnxTensor(dims, Floating(raw, 8, [.. proto.DoubleData.Select(d => (float)d)], b => (float)BinaryPrimitives.ReadDoubleLittleEndian(b)), null),
            DataType.Float16 => new OnnxTensor(
                dims, Floating(raw, 2, [.. proto.Int32Data.Select(v => (float)BitConverter.UInt16BitsToHalf((ushort)v))], b => (float)BinaryPrimitives.ReadHalfLittleEndian(b)), null),
            DataType.Int64 => new OnnxTensor(dims, null, Integers(raw, 8, proto.Int64Data, BinaryPrimitives.ReadInt64LittleEndian)),
            DataType.Int32 => new OnnxTensor(dims, null, Integers(raw, 4, [.. proto.Int32Data.Select(v => (long)v)], b => BinaryPrimitives.ReadInt32LittleEndian(b))),
            DataType.Uint8 or DataType.Bool => new OnnxTensor(dims, null, Integers(raw, 1, [.. proto.Int32Data.Select(v => (long)v)], b => b[0])),
            DataType.Int8 => new OnnxTensor(dims, null, Integers(raw, 1, [.. proto.Int32Data.Select(v => (long)v)], b => (sbyte)b[0])),
            _ => throw new InputException($"{file}: {name}: a float or integer tensor expected, element type {type} came"),
        };
        if (values.Length != length)
            throw new InputException($"{file}: {name}: {length} elements expected from dimensions [{string.Join(',', dims)}], {values.Length} came");
        return values;
    }

    public int[] ToInts() => [.. ToLongs().Select(v => (int)Math.Clamp(v, int.MinValue, int.MaxValue))];

    public long[] ToLongs() => _longs ?? [.. Floats!.Select(f => (long)f)];

    /// <summary>The same values with other dimensions.</summary>
    public OnnxTensor Reshaped(int[] dims) => new(dims, Floats, _longs);

    /// <summary>The elements at the given flat positions, with the given dimensions.</summary>
    public OnnxTensor Pick(int[] dims, IReadOnlyList<int> positions) => Floats is not null
        ? new OnnxTensor(dims, [.. positions.Select(p => Floats[p])], null)
        : new OnnxTensor(dims, null, [.. positions.Select(p => _longs![p])]);

    public TensorProto Write(string name)
    {
        var proto = new TensorProto { Name = name, DataType = (int)(Floats is null ? DataType.Int64 : DataType.Float) };
        proto.Dims.AddRange(Dims.Select(d => (long)d));
        var bytes = new byte[Length * (Floats is null ? 8 : 4)];
        if (Floats is null)
        {
            for (var i = 0; i < Length; i++)
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * 8), _longs![i]);
        }
        else
        {
            for (var i = 0; i < Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), Floats[i]);
        }

        proto.RawData = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(bytes);
        return proto;
    }

    private delegate TValue Reader<TValue>(ReadOnlySpan<byte> bytes);

    private static float[] Floating(ReadOnlySpan<byte> raw, int size, IList<float> typed, Reader<float> read) => raw.IsEmpty ? [.. typed] : FromRaw(raw, size, read);

    private static long[] Integers(ReadOnlySpan<byte> raw, int size, IList<long> typed, Reader<long> read) => raw.IsEmpty ? [.. typed] : FromRaw(raw, size, read);

    private static TValue[] FromRaw<TValue>(ReadOnlySpan<byte> raw, int size, Reader<TValue> read)
    {
        var values = new TValue[raw.Length / size];
        for (var i = 0; i < values.Length; i++)
            values[i] = read(raw.Slice(i * size, size));
        return values;
    }
}
