namespace CudaNoisy.Training;

/// <summary>numpy's legacy <c>RandomState(seed)</c>, bit for bit, as far as label noise needs it.</summary>
public sealed class NumpyRandomState
{
    private readonly Mt19937 _bits;

    /// <summary>Starts from a seed from 0 to 2^32 - 1.</summary>
    public NumpyRandomState(uint seed) => _bits = new Mt19937(seed);

    /// <summary><c>random_sample()</c>: uniform in [0, 1), 53 bits.</summary>
    public double Sample()
    {
        var (a, b) = (_bits.Next() >> 5, _bits.Next() >> 6);
        return ((a * 67108864.0) + b) / 9007199254740992.0;
    }

    /// <summary><c>choice(len(p), p=p)</c>.</summary>
    public int Choice(ReadOnlySpan<double> p)
    {
        Span<double> cumulative = p.Length <= 1024 ? stackalloc double[p.Length] : new double[p.Length];
        double sum = 0;
        for (var i = 0; i < p.Length; i++)
            cumulative[i] = sum += p[i];
        var u = Sample();
        for (var i = 0; i < p.Length; i++)
        {
            if (u < cumulative[i] / sum)
                return i;
        }

        return p.Length - 1;
    }

    /// <summary><c>randint(0, n)</c>.</summary>
    public int Next(int n) => (int)Interval((uint)n - 1);

    /// <summary><c>permutation(n)</c>.</summary>
    public int[] Permutation(int n)
    {
        var values = Enumerable.Range(0, n).ToArray();
        for (var i = n - 1; i > 0; i--)
        {
            var j = Interval((uint)i);
            (values[i], values[j]) = (values[j], values[i]);
        }

        return values;
    }

    /// <summary>Uniform in [0, max] by masking and rejecting.</summary>
    private uint Interval(uint max)
    {
        if (max == 0)
            return 0;
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(max);
        uint value;
        do
            value = _bits.Next() & mask;
        while (value > max);
        return value;
    }
}
