using System.Numerics;

namespace CudaNoisy.Training;

/// <summary>Sums in numpy's order, so that thresholds and roundings fall on the same side: blocks of at most 128 in eight accumulators, blocks added pairwise.</summary>
internal static class NumpySum
{
    private const int Block = 128;

    public static T Of<T>(ReadOnlySpan<T> a)
        where T : struct, INumber<T>
    {
        if (a.Length > Block)
        {
            var half = a.Length / 2;
            half -= half % 8;
            return Of(a[..half]) + Of(a[half..]);
        }

        var sum = T.Zero;
        var i = 0;
        if (a.Length >= 8)
        {
            var (r0, r1, r2, r3, r4, r5, r6, r7) = (a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]);
            for (i = 8; i < a.Length - (a.Length % 8); i += 8)
            {
                r0 += a[i];
                r1 += a[i + 1];
                r2 += a[i + 2];
                r3 += a[i + 3];
                r4 += a[i + 4];
                r5 += a[i + 5];
                r6 += a[i + 6];
                r7 += a[i + 7];
            }

            sum = ((r0 + r1) + (r2 + r3)) + ((r4 + r5) + (r6 + r7));
        }

        for (; i < a.Length; i++)
            sum += a[i];
        return sum;
    }
}
