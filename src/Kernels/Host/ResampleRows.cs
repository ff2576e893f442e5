using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CudaNoisy.Kernels.Host;

/// <summary>Separable resampling of RGB bytes in integers, bit for bit Pillow's. Overwrites (=).</summary>
/// <remarks>y[i] = clamp((2^21 + sum_t w[i,t] x[first[i] + t]) >> 22): along rows first, then along columns, with bytes between the two. Rows are (W,3) bytes.</remarks>
public static class ResampleRows
{
    /// <summary>Bytes behind a row that may be read, and overwritten.</summary>
    public const int Padding = 4;

    private const int Channels = 3;
    private const int Half = 1 << (ResampleTaps.Places - 1);

    /// <summary>One row, along it: four bytes at a time, of which the fourth belongs to the next pixel and is dropped.</summary>
    /// <param name="taps">Along the row.</param>
    /// <param name="source">The row and its padding.</param>
    /// <param name="target">The row that comes out and its padding.</param>
    public static void Horizontal(ResampleTaps taps, ReadOnlySpan<byte> source, Span<byte> target)
    {
        var end = (taps.Range.From + taps.Range.Length) * Channels;
        ArgumentOutOfRangeException.ThrowIfLessThan(source.Length, end + Padding);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, (taps.First.Length * Channels) + Padding);
        ref var x = ref MemoryMarshal.GetReference(source);
        ref var y = ref MemoryMarshal.GetReference(target);
        for (var i = 0; i < taps.First.Length; i++)
        {
            var sum = Vector128.Create(Half);
            ref var from = ref Unsafe.Add(ref x, taps.First[i] * Channels);
            var weights = taps.Weights.AsSpan(i * taps.Stride, taps.Count[i]);
            for (var t = 0; t < weights.Length; t++)
            {
                var pixel = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, t * Channels))).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(pixel)).AsInt32() * Vector128.Create(weights[t]);
            }

            Unsafe.WriteUnaligned(ref Unsafe.Add(ref y, i * Channels), Clamp(sum));
        }
    }

    /// <summary>One row, from the rows that its column taps want.</summary>
    /// <param name="weights">One weight a row.</param>
    /// <param name="source">Rows, one after the other.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="target">The row that comes out.</param>
    public static void Vertical(ReadOnlySpan<int> weights, ReadOnlySpan<byte> source, int stride, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(source.Length, ((weights.Length - 1) * stride) + target.Length);
        ref var x = ref MemoryMarshal.GetReference(source);
        var i = 0;
        for (; i + Vector128<byte>.Count <= target.Length; i += Vector128<byte>.Count)
        {
            var (a, b, c, d) = (Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half), Vector128.Create(Half));
            for (var t = 0; t < weights.Length; t++)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref Unsafe.Add(ref x, (t * stride) + i)));
                var weight = Vector128.Create(weights[t]);
                a += Vector128.WidenLower(low).AsInt32() * weight;
                b += Vector128.WidenUpper(low).AsInt32() * weight;
                c += Vector128.WidenLower(high).AsInt32() * weight;
                d += Vector128.WidenUpper(high).AsInt32() * weight;
            }

            Vector128.Create(Clamp(a), Clamp(b), Clamp(c), Clamp(d)).AsByte().StoreUnsafe(ref target[i]);
        }

        for (; i < target.Length; i++)
        {
            var sum = Half;
            for (var t = 0; t < weights.Length; t++)
                sum += weights[t] * source[(t * stride) + i];
            target[i] = (byte)Math.Clamp(sum >> ResampleTaps.Places, 0, 255);
        }
    }

    private static uint Clamp(Vector128<int> sum)
    {
        var value = Vector128.Min(Vector128.Max(sum >> ResampleTaps.Places, Vector128<int>.Zero), Vector128.Create(255));
        var words = Vector128.Narrow(value, value);
        return Vector128.Narrow(words, words).AsUInt32().ToScalar();
    }
}
