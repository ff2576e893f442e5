namespace CudaNoisy.Runtime.Formats;

/// <summary>An array of numpy's: dimensions, and elements in C order.</summary>
/// <param name="Dims">Dimensions; empty for a scalar.</param>
/// <param name="Values">A one-dimensional array of float, double, byte, sbyte, short, ushort, int, uint, long or bool.</param>
public sealed record NpyArray(IReadOnlyList<int> Dims, Array Values)
{
    /// <summary>Elements.</summary>
    public int Length => Values.Length;

    /// <summary>The elements as floats, converted where they are of another type.</summary>
    public float[] ToFloats() => Values switch
    {
        float[] f => f,
        double[] d => Array.ConvertAll(d, v => (float)v),
        _ => Array.ConvertAll(ToInts(), v => (float)v),
    };

    /// <summary>The elements as doubles.</summary>
    public double[] ToDoubles() => Values switch
    {
        double[] d => d,
        float[] f => Array.ConvertAll(f, v => (double)v),
        _ => Array.ConvertAll(ToInts(), v => (double)v),
    };

    /// <summary>Integer elements as ints.</summary>
    /// <exception cref="InputException">They are not integers, or too large.</exception>
    public int[] ToInts() => Values switch
    {
        int[] i => i,
        byte[] b => Array.ConvertAll(b, v => (int)v),
        sbyte[] b => Array.ConvertAll(b, v => (int)v),
        short[] s => Array.ConvertAll(s, v => (int)v),
        ushort[] s => Array.ConvertAll(s, v => (int)v),
        bool[] b => Array.ConvertAll(b, v => v ? 1 : 0),
        uint[] u => Array.ConvertAll(u, v => Narrow(v)),
        long[] l => Array.ConvertAll(l, Narrow),
        _ => throw new InputException($"an integer array expected, elements of type {Values.GetType().GetElementType()!.Name} came"),
    };

    private static int Narrow(long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new InputException($"integers of 32 bits expected, {value} came");
}
