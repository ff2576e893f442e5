using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CudaNoisy.Bench;

/// <summary>Independent multiply-adds in registers, as many as hide the instruction's latency.</summary>
internal static class PeakLoop
{
    /// <summary>Multiply-adds of a round.</summary>
    public static int MultiplyAdds => 12 * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count);

    /// <summary>Runs the rounds; the result keeps them from being optimised away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Run(int rounds) => Vector512.IsHardwareAccelerated ? Run512(rounds) : Run256(rounds);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512(int rounds)
    {
        var a = Vector512.Create(1.0001f);
        var b = Vector512.Create(-0.0001f);
        var c0 = Vector512.Create(0f);
        var c1 = Vector512.Create(1f);
        var c2 = Vector512.Create(2f);
        var c3 = Vector512.Create(3f);
        var c4 = Vector512.Create(4f);
        var c5 = Vector512.Create(5f);
        var c6 = Vector512.Create(6f);
        var c7 = Vector512.Create(7f);
        var c8 = Vector512.Create(8f);
        var c9 = Vector512.Create(9f);
        var c10 = Vector512.Create(10f);
        var c11 = Vector512.Create(11f);
        for (var round = 0; round < rounds; round++)
        {
            c0 = Vector512.FusedMultiplyAdd(c0, a, b);
            c1 = Vector512.FusedMultiplyAdd(c1, a, b);
            c2 = Vector512.FusedMultiplyAdd(c2, a, b);
            c3 = Vector512.FusedMultiplyAdd(c3, a, b);
            c4 = Vector512.FusedMultiplyAdd(c4, a, b);
            c5 = Vector512.FusedMultiplyAdd(c5, a, b);
            c6 = Vector512.FusedMultiplyAdd(c6, a, b);
            c7 = Vector512.FusedMultiplyAdd(c7, a, b);
            c8 = Vector512.FusedMultiplyAdd(c8, a, b);
            c9 = Vector512.FusedMultiplyAdd(c9, a, b);
            c10 = Vector512.FusedMultiplyAdd(c10, a, b);
            c11 = Vector512.FusedMultiplyAdd(c11, a, b);
        }

        return Vector512.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256(int rounds)
    {
        var a = Vector256.Create(1.0001f);
        var b = Vector256.Create(-0.0001f);
        var c0 = Vector256.Create(0f);
        var c1 = Vector256.Create(1f);
        var c2 = Vector256.Create(2f);
        var c3 = Vector256.Create(3f);
        var c4 = Vector256.Create(4f);
        var c5 = Vector256.Create(5f);
        var c6 = Vector256.Create(6f);
        var c7 = Vector256.Create(7f);
        var c8 = Vector256.Create(8f);
        var c9 = Vector256.Create(9f);
        var c10 = Vector256.Create(10f);
        var c11 = Vector256.Create(11f);
        for (var round = 0; round < rounds; round++)
        {
            c0 = Vector256.FusedMultiplyAdd(c0, a, b);
            c1 = Vector256.FusedMultiplyAdd(c1, a, b);
            c2 = Vector256.FusedMultiplyAdd(c2, a, b);
            c3 = Vector256.FusedMultiplyAdd(c3, a, b);
            c4 = Vector256.FusedMultiplyAdd(c4, a, b);
            c5 = Vector256.FusedMultiplyAdd(c5, a, b);
            c6 = Vector256.FusedMultiplyAdd(c6, a, b);
            c7 = Vector256.FusedMultiplyAdd(c7, a, b);
            c8 = Vector256.FusedMultiplyAdd(c8, a, b);
            c9 = Vector256.FusedMultiplyAdd(c9, a, b);
            c10 = Vector256.FusedMultiplyAdd(c10, a, b);
            c11 = Vector256.FusedMultiplyAdd(c11, a, b);
        }

        return Vector256.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }
}
