using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Register-blocked outer products of the filter gradient: a few input channels (of one filter row) times one panel of output channels, summed over pixels.</summary>
/// <remarks>c[i, :] += sum over rows and columns of x[row, column, i] * dy[row, column, :]. Accumulates (+=) into a tile that is stored row by row.</remarks>
public static unsafe class FilterTiles
{
    /// <summary>12 channels by 2 registers: 24 accumulators, for 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile12x2<TV>(in FilterTile t)
        where TV : unmanaged, IHostVector<TV>
    {
        var length = TV.Length;
        var c = t.Accumulators;
        var start = t.Zeros is null ? c : t.Zeros;
        var step = t.Zeros is null ? length : 0;
        var c0_0 = TV.Load(start + (0 * step));
        var c0_1 = TV.Load(start + (1 * step));
        var c1_0 = TV.Load(start + (2 * step));
        var c1_1 = TV.Load(start + (3 * step));
        var c2_0 = TV.Load(start + (4 * step));
        var c2_1 = TV.Load(start + (5 * step));
        var c3_0 = TV.Load(start + (6 * step));
        var c3_1 = TV.Load(start + (7 * step));
        var c4_0 = TV.Load(start + (8 * step));
        var c4_1 = TV.Load(start + (9 * step));
        var c5_0 = TV.Load(start + (10 * step));
        var c5_1 = TV.Load(start + (11 * step));
        var c6_0 = TV.Load(start + (12 * step));
        var c6_1 = TV.Load(start + (13 * step));
        var c7_0 = TV.Load(start + (14 * step));
        var c7_1 = TV.Load(start + (15 * step));
        var c8_0 = TV.Load(start + (16 * step));
        var c8_1 = TV.Load(start + (17 * step));
        var c9_0 = TV.Load(start + (18 * step));
        var c9_1 = TV.Load(start + (19 * step));
        var c10_0 = TV.Load(start + (20 * step));
        var c10_1 = TV.Load(start + (21 * step));
        var c11_0 = TV.Load(start + (22 * step));
        var c11_1 = TV.Load(start + (23 * step));
        var (ahead, aheadStep) = ((nint)(t.Ahead.First is null ? t.Gradient : t.Ahead.First), t.Ahead.Step * sizeof(float));
        var (ahead2, aheadStep2) = ((nint)(t.Ahead2.First is null ? t.Gradient : t.Ahead2.First), t.Ahead2.Step * sizeof(float));
        for (var row = 0; row < t.Images * t.Rows; row++)
        {
            var (image, line) = Math.DivRem(row, t.Rows);
            var a = t.Input + (image * t.InputImageStep) + (line * t.InputRowStep);
            var b = t.Gradient + (row * t.GradientRowStep);
            for (var q = t.Columns; q > 0; q--)
            {
                var b0 = TV.Load(b);
                var b1 = TV.Load(b + length);
                var a0 = TV.Broadcast(a[0]);
                c0_0 = TV.MultiplyAdd(a0, b0, c0_0);
                c0_1 = TV.MultiplyAdd(a0, b1, c0_1);
                var a1 = TV.Broadcast(a[1]);
                c1_0 = TV.MultiplyAdd(a1, b0, c1_0);
                c1_1 = TV.MultiplyAdd(a1, b1, c1_1);
                var a2 = TV.Broadcast(a[2]);
                c2_0 = TV.MultiplyAdd(a2, b0, c2_0);
                c2_1 = TV.MultiplyAdd(a2, b1, c2_1);
                var a3 = TV.Broadcast(a[3]);
                c3_0 = TV.MultiplyAdd(a3, b0, c3_0);
                c3_1 = TV.MultiplyAdd(a3, b1, c3_1);
                var a4 = TV.Broadcast(a[4]);
                c4_0 = TV.MultiplyAdd(a4, b0, c4_0);
                c4_1 = TV.MultiplyAdd(a4, b1, c4_1);
                var a5 = TV.Broadcast(a[5]);
                c5_0 = TV.MultiplyAdd(a5, b0, c5_0);
                c5_1 = TV.MultiplyAdd(a5, b1, c5_1);
                var a6 = TV.Broadcast(a[6]);
                c6_0 = TV.MultiplyAdd(a6, b0, c6_0);
                c6_1 = TV.MultiplyAdd(a6, b1, c6_1);
                var a7 = TV.Broadcast(a[7]);
                c7_0 = TV.MultiplyAdd(a7, b0, c7_0);
                c7_1 = TV.MultiplyAdd(a7, b1, c7_1);
                var a8 = TV.Broadcast(a[8]);
                c8_0 = TV.MultiplyAdd(a8, b0, c8_0);
                c8_1 = TV.MultiplyAdd(a8, b1, c8_1);
                var a9 = TV.Broadcast(a[9]);
                c9_0 = TV.MultiplyAdd(a9, b0, c9_0);
                c9_1 = TV.MultiplyAdd(a9, b1, c9_1);
                var a10 = TV.Broadcast(a[10]);
                c10_0 = TV.MultiplyAdd(a10, b0, c10_0);
                c10_1 = TV.MultiplyAdd(a10, b1, c10_1);
                var a11 = TV.Broadcast(a[11]);
                c11_0 = TV.MultiplyAdd(a11, b0, c11_0);
                c11_1 = TV.MultiplyAdd(a11, b1, c11_1);
                CacheLines.Fetch(ahead);
                CacheLines.Fetch(ahead2);
                ahead += aheadStep;
                ahead2 += aheadStep2;
                a += t.InputStep;
                b += t.GradientStep;
            }
        }

        c0_0.Store(c + (0 * length));
        c0_1.Store(c + (1 * length));
        c1_0.Store(c + (2 * length));
        c1_1.Store(c + (3 * length));
        c2_0.Store(c + (4 * length));
        c2_1.Store(c + (5 * length));
        c3_0.Store(c + (6 * length));
        c3_1.Store(c + (7 * length));
        c4_0.Store(c + (8 * length));
        c4_1.Store(c + (9 * length));
        c5_0.Store(c + (10 * length));
        c5_1.Store(c + (11 * length));
        c6_0.Store(c + (12 * length));
        c6_1.Store(c + (13 * length));
        c7_0.Store(c + (14 * length));
        c7_1.Store(c + (15 * length));
        c8_0.Store(c + (16 * length));
        c8_1.Store(c + (17 * length));
        c9_0.Store(c + (18 * length));
        c9_1.Store(c + (19 * length));
        c10_0.Store(c + (20 * length));
        c10_1.Store(c + (21 * length));
        c11_0.Store(c + (22 * length));
        c11_1.Store(c + (23 * length));
    }

    /// <summary>24 channels by 1 register, for narrow outputs and 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile24x1<TV>(in FilterTile t)
        where TV : unmanaged, IHostVector<TV>
    {
        var length = TV.Length;
        var c = t.Accumulators;
        var start = t.Zeros is null ? c : t.Zeros;
        var step = t.Zeros is null ? length : 0;
        var c0_0 = TV.Load(start + (0 * step));
        var c1_0 = TV.Load(start + (1 * step));
        var c2_0 = TV.Load(start + (2 * step));
        var c3_0 = TV.Load(start + (3 * step));
        var c4_0 = TV.Load(start + (4 * step));
        var c5_0 = TV.Load(start + (5 * step));
        var c6_0 = TV.Load(start + (6 * step));
        var c7_0 = TV.Load(start + (7 * step));
        var c8_0 = TV.Load(start + (8 * step));
        var c9_0 = TV.Load(start + (9 * step));
        var c10_0 = TV.Load(start + (10 * step));
        var c11_0 = TV.Load(start + (11 * step));
        var c12_0 = TV.Load(start + (12 * step));
        var c13_0 = TV.Load(start + (13 * step));
        var c14_0 = TV.Load(start + (14 * step));
        var c15_0 = TV.Load(start + (15 * step));
        var c16_0 = TV.Load(start + (16 * step));
        var c17_0 = TV.Load(start + (17 * step));
        var c18_0 = TV.Load(start + (18 * step));
        var c19_0 = TV.Load(start + (19 * step));
        var c20_0 = TV.Load(start + (20 * step));
        var c21_0 = TV.Load(start + (21 * step));
        var c22_0 = TV.Load(start + (22 * step));
        var c23_0 = TV.Load(start + (23 * step));
        for (var row = 0; row < t.Images * t.Rows; row++)
        {
            var (image, line) = Math.DivRem(row, t.Rows);
            var a = t.Input + (image * t.InputImageStep) + (line * t.InputRowStep);
            var b = t.Gradient + (row * t.GradientRowStep);
            for (var q = t.Columns; q > 0; q--)
            {
                var b0 = TV.Load(b);
                c0_0 = TV.MultiplyAdd(TV.Broadcast(a[0]), b0, c0_0);
                c1_0 = TV.MultiplyAdd(TV.Broadcast(a[1]), b0, c1_0);
                c2_0 = TV.MultiplyAdd(TV.Broadcast(a[2]), b0, c2_0);
                c3_0 = TV.MultiplyAdd(TV.Broadcast(a[3]), b0, c3_0);
                c4_0 = TV.MultiplyAdd(TV.Broadcast(a[4]), b0, c4_0);
                c5_0 = TV.MultiplyAdd(TV.Broadcast(a[5]), b0, c5_0);
                c6_0 = TV.MultiplyAdd(TV.Broadcast(a[6]), b0, c6_0);
                c7_0 = TV.MultiplyAdd(TV.Broadcast(a[7]), b0, c7_0);
                c8_0 = TV.MultiplyAdd(TV.Broadcast(a[8]), b0, c8_0);
                c9_0 = TV.MultiplyAdd(TV.Broadcast(a[9]), b0, c9_0);
                c10_0 = TV.MultiplyAdd(TV.Broadcast(a[10]), b0, c10_0);
                c11_0 = TV.MultiplyAdd(TV.Broadcast(a[11]), b0, c11_0);
                c12_0 = TV.MultiplyAdd(TV.Broadcast(a[12]), b0, c12_0);
                c13_0 = TV.MultiplyAdd(TV.Broadcast(a[13]), b0, c13_0);
                c14_0 = TV.MultiplyAdd(TV.Broadcast(a[14]), b0, c14_0);
                c15_0 = TV.MultiplyAdd(TV.Broadcast(a[15]), b0, c15_0);
                c16_0 = TV.MultiplyAdd(TV.Broadcast(a[16]), b0, c16_0);
                c17_0 = TV.MultiplyAdd(TV.Broadcast(a[17]), b0, c17_0);
                c18_0 = TV.MultiplyAdd(TV.Broadcast(a[18]), b0, c18_0);
                c19_0 = TV.MultiplyAdd(TV.Broadcast(a[19]), b0, c19_0);
                c20_0 = TV.MultiplyAdd(TV.Broadcast(a[20]), b0, c20_0);
                c21_0 = TV.MultiplyAdd(TV.Broadcast(a[21]), b0, c21_0);
                c22_0 = TV.MultiplyAdd(TV.Broadcast(a[22]), b0, c22_0);
                c23_0 = TV.MultiplyAdd(TV.Broadcast(a[23]), b0, c23_0);
                a += t.InputStep;
                b += t.GradientStep;
            }
        }

        c0_0.Store(c + (0 * length));
        c1_0.Store(c + (1 * length));
        c2_0.Store(c + (2 * length));
        c3_0.Store(c + (3 * length));
        c4_0.Store(c + (4 * length));
        c5_0.Store(c + (5 * length));
        c6_0.Store(c + (6 * length));
        c7_0.Store(c + (7 * length));
        c8_0.Store(c + (8 * length));
        c9_0.Store(c + (9 * length));
        c10_0.Store(c + (10 * length));
        c11_0.Store(c + (11 * length));
        c12_0.Store(c + (12 * length));
        c13_0.Store(c + (13 * length));
        c14_0.Store(c + (14 * length));
        c15_0.Store(c + (15 * length));
        c16_0.Store(c + (16 * length));
        c17_0.Store(c + (17 * length));
        c18_0.Store(c + (18 * length));
        c19_0.Store(c + (19 * length));
        c20_0.Store(c + (20 * length));
        c21_0.Store(c + (21 * length));
        c22_0.Store(c + (22 * length));
        c23_0.Store(c + (23 * length));
    }

    /// <summary>4 channels by 2 registers: 8 accumulators, for 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x2<TV>(in FilterTile t)
        where TV : unmanaged, IHostVector<TV>
    {
        var length = TV.Length;
        var c = t.Accumulators;
        var start = t.Zeros is null ? c : t.Zeros;
        var step = t.Zeros is null ? length : 0;
        var c0_0 = TV.Load(start + (0 * step));
        var c0_1 = TV.Load(start + (1 * step));
        var c1_0 = TV.Load(start + (2 * step));
        var c1_1 = TV.Load(start + (3 * step));
        var c2_0 = TV.Load(start + (4 * step));
        var c2_1 = TV.Load(start + (5 * step));
        var c3_0 = TV.Load(start + (6 * step));
        var c3_1 = TV.Load(start + (7 * step));
        for (var row = 0; row < t.Images * t.Rows; row++)
        {
            var (image, line) = Math.DivRem(row, t.Rows);
            var a = t.Input + (image * t.InputImageStep) + (line * t.InputRowStep);
            var b = t.Gradient + (row * t.GradientRowStep);
            for (var q = t.Columns; q > 0; q--)
            {
                var b0 = TV.Load(b);
                var b1 = TV.Load(b + length);
                var a0 = TV.Broadcast(a[0]);
                c0_0 = TV.MultiplyAdd(a0, b0, c0_0);
                c0_1 = TV.MultiplyAdd(a0, b1, c0_1);
                var a1 = TV.Broadcast(a[1]);
                c1_0 = TV.MultiplyAdd(a1, b0, c1_0);
                c1_1 = TV.MultiplyAdd(a1, b1, c1_1);
                var a2 = TV.Broadcast(a[2]);
                c2_0 = TV.MultiplyAdd(a2, b0, c2_0);
                c2_1 = TV.MultiplyAdd(a2, b1, c2_1);
                var a3 = TV.Broadcast(a[3]);
                c3_0 = TV.MultiplyAdd(a3, b0, c3_0);
                c3_1 = TV.MultiplyAdd(a3, b1, c3_1);
                a += t.InputStep;
                b += t.GradientStep;
            }
        }

        c0_0.Store(c + (0 * length));
        c0_1.Store(c + (1 * length));
        c1_0.Store(c + (2 * length));
        c1_1.Store(c + (3 * length));
        c2_0.Store(c + (4 * length));
        c2_1.Store(c + (5 * length));
        c3_0.Store(c + (6 * length));
        c3_1.Store(c + (7 * length));
    }
}
