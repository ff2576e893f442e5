namespace CudaNoisy.Training;

/// <summary>The Mersenne Twister (Matsumoto and Nishimura 1998), seeded as numpy's legacy generator and PyTorch's CPU generator seed it.</summary>
public sealed class Mt19937
{
    private const int Size = 624;
    private readonly uint[] _state = new uint[Size];
    private int _index = Size;

    /// <summary>Starts from a seed; its low 32 bits count.</summary>
    public Mt19937(ulong seed)
    {
        _state[0] = (uint)seed;
        for (var i = 1u; i < Size; i++)
            _state[i] = (1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30))) + i;
    }

    /// <summary>32 random bits.</summary>
    public uint Next()
    {
        if (_index == Size)
            Twist();
        var y = _state[_index++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7FFFFFFF);
            _state[i] = _state[(i + 397) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
        }

        _index = 0;
    }
}
