namespace CudaNoisy.Training;

/// <summary>Philox4x32-10, a counter-based generator: number i of a stream is a function of (seed, stream, i), so that any place can be reached at once
/// and work can be split over threads and devices without changing a number.</summary>
/// <remarks>Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.</remarks>
public sealed class Philox
{
    private readonly uint _key0;
    private readonly uint _key1;
    private readonly ulong _stream;
    private ulong _block;
    private (uint A, uint B, uint C, uint D) _values;
    private int _used = 4;

    /// <summary>The start of a stream.</summary>
    /// <param name="seed">The seed, the key.</param>
    /// <param name="stream">The stream: the upper half of the counter.</param>
    public Philox(ulong seed, ulong stream)
    {
        _key0 = (uint)seed;
        _key1 = (uint)(seed >> 32);
        _stream = stream;
    }

    /// <summary>The four 32-bit words of one counter value.</summary>
    public static (uint A, uint B, uint C, uint D) Block(uint key0, uint key1, ulong counter, ulong stream)
    {
        var (a, b, c, d) = ((uint)counter, (uint)(counter >> 32), (uint)stream, (uint)(stream >> 32));
        for (var round = 0; round < 10; round++)
        {
            var p = 0xD2511F53ul * a;
            var q = 0xCD9E8D57ul * c;
            (a, b, c, d) = ((uint)(q >> 32) ^ b ^ key0, (uint)q, (uint)(p >> 32) ^ d ^ key1, (uint)p);
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }

        return (a, b, c, d);
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt()
    {
        if (_used == 4)
        {
            _values = Block(_key0, _key1, _block++, _stream);
            _used = 0;
        }

        return _used++ switch
        {
            0 => _values.A,
            1 => _values.B,
            2 => _values.C,
            _ => _values.D,
        };
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (((ulong)(NextUInt() >> 5) << 26) + (NextUInt() >> 6)) * (1.0 / (1ul << 53));

    /// <summary>Uniform in [0, bound), without bias.</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var limit = uint.MaxValue - (uint)((1ul << 32) % (uint)bound);
        uint value;
        do
            value = NextUInt();
        while (value > limit);
        return (int)(value % (uint)bound);
    }

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double NextGaussian() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
