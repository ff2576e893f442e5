using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Register-blocked products of the implicit matrix multiplication: a few groups of 4 pixels times one panel of output channels.</summary>
/// <remarks>y[g,i,:] = previous[g,i,:] + sum over filter rows r and depth d of x[offset(g) + i*stride + r*step + d] * panel[r*depth + d, :], where depth = S*C:
/// in NHWC the S taps of a filter row lie next to each other. The new sum stays in registers until it is added to the previous one. Overwrites (=).</remarks>
public static unsafe class RowTiles
{
    /// <summary>12 pixels by 2 registers: 24 accumulators, for 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile12x2<TV>(in RowTile t)
        where TV : unmanaged, IHostVector<TV>
    {
        var length = TV.Length;
        var c0_0 = TV.Zero;
        var c0_1 = TV.Zero;
        var c1_0 = TV.Zero;
        var c1_1 = TV.Zero;
        var c2_0 = TV.Zero;
        var c2_1 = TV.Zero;
        var c3_0 = TV.Zero;
        var c3_1 = TV.Zero;
        var c4_0 = TV.Zero;
        var c4_1 = TV.Zero;
        var c5_0 = TV.Zero;
        var c5_1 = TV.Zero;
        var c6_0 = TV.Zero;
        var c6_1 = TV.Zero;
        var c7_0 = TV.Zero;
        var c7_1 = TV.Zero;
        var c8_0 = TV.Zero;
        var c8_1 = TV.Zero;
        var c9_0 = TV.Zero;
        var c9_1 = TV.Zero;
        var c10_0 = TV.Zero;
        var c10_1 = TV.Zero;
        var c11_0 = TV.Zero;
        var c11_1 = TV.Zero;
        var (s, s2, s3) = (t.InputStride, 2 * t.InputStride, 3 * t.InputStride);
        var b = t.Panel;
        var (ahead, aheadStep) = ((nint)(t.Ahead.First is null ? b : t.Ahead.First), t.Ahead.Step * sizeof(float));
        var (ahead2, aheadStep2) = ((nint)(t.Ahead2.First is null ? b : t.Ahead2.First), t.Ahead2.Step * sizeof(float));
        for (var row = 0; row < t.FilterRows; row++)
        {
            var p0 = t.Input + t.InputOffsets[0] + (row * t.FilterRowStep);
            var p1 = t.Input + t.InputOffsets[1] + (row * t.FilterRowStep);
            var p2 = t.Input + t.InputOffsets[2] + (row * t.FilterRowStep);
            for (var d = t.Depth; d > 0; d--)
            {
                var b0 = TV.Load(b);
                var b1 = TV.Load(b + length);
                b += 2 * length;
                CacheLines.Fetch(ahead);
                CacheLines.Fetch(ahead2);
                ahead += aheadStep;
                ahead2 += aheadStep2;
                var a0 = TV.Broadcast(*p0);
                c0_0 = TV.MultiplyAdd(a0, b0, c0_0);
                c0_1 = TV.MultiplyAdd(a0, b1, c0_1);
                var a1 = TV.Broadcast(p0[s]);
                c1_0 = TV.MultiplyAdd(a1, b0, c1_0);
                c1_1 = TV.MultiplyAdd(a1, b1, c1_1);
                var a2 = TV.Broadcast(p0[s2]);
                c2_0 = TV.MultiplyAdd(a2, b0, c2_0);
                c2_1 = TV.MultiplyAdd(a2, b1, c2_1);
                var a3 = TV.Broadcast(p0[s3]);
                c3_0 = TV.MultiplyAdd(a3, b0, c3_0);
                c3_1 = TV.MultiplyAdd(a3, b1, c3_1);
                p0++;
                var a4 = TV.Broadcast(*p1);
                c4_0 = TV.MultiplyAdd(a4, b0, c4_0);
                c4_1 = TV.MultiplyAdd(a4, b1, c4_1);
                var a5 = TV.Broadcast(p1[s]);
                c5_0 = TV.MultiplyAdd(a5, b0, c5_0);
                c5_1 = TV.MultiplyAdd(a5, b1, c5_1);
                var a6 = TV.Broadcast(p1[s2]);
                c6_0 = TV.MultiplyAdd(a6, b0, c6_0);
                c6_1 = TV.MultiplyAdd(a6, b1, c6_1);
                var a7 = TV.Broadcast(p1[s3]);
                c7_0 = TV.MultiplyAdd(a7, b0, c7_0);
                c7_1 = TV.MultiplyAdd(a7, b1, c7_1);
                p1++;
                var a8 = TV.Broadcast(*p2);
                c8_0 = TV.MultiplyAdd(a8, b0, c8_0);
                c8_1 = TV.MultiplyAdd(a8, b1, c8_1);
                var a9 = TV.Broadcast(p2[s]);
                c9_0 = TV.MultiplyAdd(a9, b0, c9_0);
                c9_1 = TV.MultiplyAdd(a9, b1, c9_1);
                var a10 = TV.Broadcast(p2[s2]);
                c10_0 = TV.MultiplyAdd(a10, b0, c10_0);
                c10_1 = TV.MultiplyAdd(a10, b1, c10_1);
                var a11 = TV.Broadcast(p2[s3]);
                c11_0 = TV.MultiplyAdd(a11, b0, c11_0);
                c11_1 = TV.MultiplyAdd(a11, b1, c11_1);
                p2++;
            }
        }

        if (t.Previous is not null)
        {
            var (z, z2, z3) = (t.PreviousStride, 2 * t.PreviousStride, 3 * t.PreviousStride);
            var q0 = t.Previous + t.PreviousOffsets[0];
            c0_0 = TV.Add(c0_0, TV.Load(q0));
            c0_1 = TV.Add(c0_1, TV.Load(q0 + length));
            c1_0 = TV.Add(c1_0, TV.Load(q0 + z));
            c1_1 = TV.Add(c1_1, TV.Load(q0 + z + length));
            c2_0 = TV.Add(c2_0, TV.Load(q0 + z2));
            c2_1 = TV.Add(c2_1, TV.Load(q0 + z2 + length));
            c3_0 = TV.Add(c3_0, TV.Load(q0 + z3));
            c3_1 = TV.Add(c3_1, TV.Load(q0 + z3 + length));
            var q1 = t.Previous + t.PreviousOffsets[1];
            c4_0 = TV.Add(c4_0, TV.Load(q1));
            c4_1 = TV.Add(c4_1, TV.Load(q1 + length));
            c5_0 = TV.Add(c5_0, TV.Load(q1 + z));
            c5_1 = TV.Add(c5_1, TV.Load(q1 + z + length));
            c6_0 = TV.Add(c6_0, TV.Load(q1 + z2));
            c6_1 = TV.Add(c6_1, TV.Load(q1 + z2 + length));
            c7_0 = TV.Add(c7_0, TV.Load(q1 + z3));
            c7_1 = TV.Add(c7_1, TV.Load(q1 + z3 + length));
            var q2 = t.Previous + t.PreviousOffsets[2];
            c8_0 = TV.Add(c8_0, TV.Load(q2));
            c8_1 = TV.Add(c8_1, TV.Load(q2 + length));
            c9_0 = TV.Add(c9_0, TV.Load(q2 + z));
            c9_1 = TV.Add(c9_1, TV.Load(q2 + z + length));
            c10_0 = TV.Add(c10_0, TV.Load(q2 + z2));
            c10_1 = TV.Add(c10_1, TV.Load(q2 + z2 + length));
            c11_0 = TV.Add(c11_0, TV.Load(q2 + z3));
            c11_1 = TV.Add(c11_1, TV.Load(q2 + z3 + length));
        }

        var (y, y2, y3) = (t.OutputStride, 2 * t.OutputStride, 3 * t.OutputStride);
        var o0 = t.Output + t.OutputOffsets[0];
        c0_0.Store(o0);
        c0_1.Store(o0 + length);
        c1_0.Store(o0 + y);
        c1_1.Store(o0 + y + length);
        c2_0.Store(o0 + y2);
        c2_1.Store(o0 + y2 + length);
        c3_0.Store(o0 + y3);
        c3_1.Store(o0 + y3 + length);
        var o1 = t.Output + t.OutputOffsets[1];
        c4_0.Store(o1);
        c4_1.Store(o1 + length);
        c5_0.Store(o1 + y);
        c5_1.Store(o1 + y + length);
        c6_0.Store(o1 + y2);
        c6_1.Store(o1 + y2 + length);
        c7_0.Store(o1 + y3);
        c7_1.Store(o1 + y3 + length);
        var o2 = t.Output + t.OutputOffsets[2];
        c8_0.Store(o2);
        c8_1.Store(o2 + length);
        c9_0.Store(o2 + y);
        c9_1.Store(o2 + y + length);
        c10_0.Store(o2 + y2);
        c10_1.Store(o2 + y2 + length);
        c11_0.Store(o2 + y3);
        c11_1.Store(o2 + y3 + length);
    }

    /// <summary>16 pixels by 1 register, for narrow outputs and 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile16x1<TV>(in RowTile t)
        where TV : unmanaged, IHostVector<TV>
    {
        var length = TV.Length;
        var c0_0 = TV.Zero;
        var c1_0 = TV.Zero;
        var c2_0 = TV.Zero;
        var c3_0 = TV.Zero;
        var c4_0 = TV.Zero;
        var c5_0 = TV.Zero;
        var c6_0 = TV.Zero;
        var c7_0 = TV.Zero;
        var c8_0 = TV.Zero;
        var c9_0 = TV.Zero;
        var c10_0 = TV.Zero;
        var c11_0 = TV.Zero;
        var c12_0 = TV.Zero;
        var c13_0 = TV.Zero;
        var c14_0 = TV.Zero;
        var c15_0 = TV.Zero;
        var (s, s2, s3) = (t.InputStride, 2 * t.InputStride, 3 * t.InputStride);
        var b = t.Panel;
        for (var row = 0; row < t.FilterRows; row++)
        {
            var p0 = t.Input + t.InputOffsets[0] + (row * t.FilterRowStep);
            var p1 = t.Input + t.InputOffsets[1] + (row * t.FilterRowStep);
            var p2 = t.Input + t.InputOffsets[2] + (row * t.FilterRowStep);
            var p3 = t.Input + t.InputOffsets[3] + (row * t.FilterRowStep);
            for (var d = t.Depth; d > 0; d--)
            {
                var b0 = TV.Load(b);
                b += length;
                c0_0 = TV.MultiplyAdd(TV.Broadcast(*p0), b0, c0_0);
                c1_0 = TV.MultiplyAdd(TV.Broadcast(p0[s]), b0, c1_0);
                c2_0 = TV.MultiplyAdd(TV.Broadcast(p0[s2]), b0, c2_0);
                c3_0 = TV.MultiplyAdd(TV.Broadcast(p0[s3]), b0, c3_0);
                p0++;
                c4_0 = TV.MultiplyAdd(TV.Broadcast(*p1), b0, c4_0);
                c5_0 = TV.MultiplyAdd(TV.Broadcast(p1[s]), b0, c5_0);
                c6_0 = TV.MultiplyAdd(TV.Broadcast(p1[s2]), b0, c6_0);
                c7_0 = TV.MultiplyAdd(TV.Broadcast(p1[s3]), b0, c7_0);
                p1++;
                c8_0 = TV.MultiplyAdd(TV.Broadcast(*p2), b0, c8_0);
                c9_0 = TV.MultiplyAdd(TV.Broadcast(p2[s]), b0, c9_0);
                c10_0 = TV.MultiplyAdd(TV.Broadcast(p2[s2]), b0, c10_0);
                c11_0 = TV.MultiplyAdd(TV.Broadcast(p2[s3]), b0, c11_0);
                p2++;
                c12_0 = TV.MultiplyAdd(TV.Broadcast(*p3), b0, c12_0);
                c13_0 = TV.MultiplyAdd(TV.Broadcast(p3[s]), b0, c13_0);
                c14_0 = TV.MultiplyAdd(TV.Broadcast(p3[s2]), b0, c14_0);
                c15_0 = TV.MultiplyAdd(TV.Broadcast(p3[s3]), b0, c15_0);
                p3++;
            }
        }

        if (t.Previous is not null)
        {
            var (z, z2, z3) = (t.PreviousStride, 2 * t.PreviousStride, 3 * t.PreviousStride);
            var q0 = t.Previous + t.PreviousOffsets[0];
            c0_0 = TV.Add(c0_0, TV.Load(q0));
            c1_0 = TV.Add(c1_0, TV.Load(q0 + z));
            c2_0 = TV.Add(c2_0, TV.Load(q0 + z2));
            c3_0 = TV.Add(c3_0, TV.Load(q0 + z3));
            var q1 = t.Previous + t.PreviousOffsets[1];
            c4_0 = TV.Add(c4_0, TV.Load(q1));
            c5_0 = TV.Add(c5_0, TV.Load(q1 + z));
            c6_0 = TV.Add(c6_0, TV.Load(q1 + z2));
            c7_0 = TV.Add(c7_0, TV.Load(q1 + z3));
            var q2 = t.Previous + t.PreviousOffsets[2];
            c8_0 = TV.Add(c8_0, TV.Load(q2));
            c9_0 = TV.Add(c9_0, TV.Load(q2 + z));
            c10_0 = TV.Add(c10_0, TV.Load(q2 + z2));
            c11_0 = TV.Add(c11_0, TV.Load(q2 + z3));
            var q3 = t.Previous + t.PreviousOffsets[3];
            c12_0 = TV.Add(c12_0, TV.Load(q3));
            c13_0 = TV.Add(c13_0, TV.Load(q3 + z));
            c14_0 = TV.Add(c14_0, TV.Load(q3 + z2));
            c15_0 = TV.Add(c15_0, TV.Load(q3 + z3));
        }

        var (y, y2, y3) = (t.OutputStride, 2 * t.OutputStride, 3 * t.OutputStride);
        var o0 = t.Output + t.OutputOffsets[0];
        c0_0.Store(o0);
        c1_0.Store(o0 + y);
        c2_0.Store(o0 + y2);
        c3_0.Store(o0 + y3);
        var o1 = t.Output + t.OutputOffsets[1];
        c4_0.Store(o1);
        c5_0.Store(o1 + y);
        c6_0.Store(o1 + y2);
        c7_0.Store(o1 + y3);
        var o2 = t.Output + t.OutputOffsets[2];
        c8_0.Store(o2);
        c9_0.Store(o2 + y);
        c10_0.Store(o2 + y2);
        c11_0.Store(o2 + y3);
        var o3 = t.Output + t.OutputOffsets[3];
        c12_0.Store(o3);
        c13_0.Store(o3 + y);
        c14_0.Store(o3 + y2);
        c15_0.Store(o3 + y3);
    }

    /// <summary>4 pixels by 2 registers: 8 accumulators, for 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x2<TV>(in RowTile t)
        where TV : unmanaged, IHostVector<TV>
    {
        var length = TV.Length;
        var c0_0 = TV.Zero;
        var c0_1 = TV.Zero;
        var c1_0 = TV.Zero;
        var c1_1 = TV.Zero;
        var c2_0 = TV.Zero;
        var c2_1 = TV.Zero;
        var c3_0 = TV.Zero;
        var c3_1 = TV.Zero;
        var (s, s2, s3) = (t.InputStride, 2 * t.InputStride, 3 * t.InputStride);
        var b = t.Panel;
        for (var row = 0; row < t.FilterRows; row++)
        {
            var p0 = t.Input + t.InputOffsets[0] + (row * t.FilterRowStep);
            for (var d = t.Depth; d > 0; d--)
            {
                var b0 = TV.Load(b);
                var b1 = TV.Load(b + length);
                b += 2 * length;
                var a0 = TV.Broadcast(*p0);
                c0_0 = TV.MultiplyAdd(a0, b0, c0_0);
                c0_1 = TV.MultiplyAdd(a0, b1, c0_1);
                var a1 = TV.Broadcast(p0[s]);
                c1_0 = TV.MultiplyAdd(a1, b0, c1_0);
                c1_1 = TV.MultiplyAdd(a1, b1, c1_1);
                var a2 = TV.Broadcast(p0[s2]);
                c2_0 = TV.MultiplyAdd(a2, b0, c2_0);
                c2_1 = TV.MultiplyAdd(a2, b1, c2_1);
                var a3 = TV.Broadcast(p0[s3]);
                c3_0 = TV.MultiplyAdd(a3, b0, c3_0);
                c3_1 = TV.MultiplyAdd(a3, b1, c3_1);
                p0++;
            }
        }

        if (t.Previous is not null)
        {
            var (z, z2, z3) = (t.PreviousStride, 2 * t.PreviousStride, 3 * t.PreviousStride);
            var q0 = t.Previous + t.PreviousOffsets[0];
            c0_0 = TV.Add(c0_0, TV.Load(q0));
            c0_1 = TV.Add(c0_1, TV.Load(q0 + length));
            c1_0 = TV.Add(c1_0, TV.Load(q0 + z));
            c1_1 = TV.Add(c1_1, TV.Load(q0 + z + length));
            c2_0 = TV.Add(c2_0, TV.Load(q0 + z2));
            c2_1 = TV.Add(c2_1, TV.Load(q0 + z2 + length));
            c3_0 = TV.Add(c3_0, TV.Load(q0 + z3));
            c3_1 = TV.Add(c3_1, TV.Load(q0 + z3 + length));
        }

        var (y, y2, y3) = (t.OutputStride, 2 * t.OutputStride, 3 * t.OutputStride);
        var o0 = t.Output + t.OutputOffsets[0];
        c0_0.Store(o0);
        c0_1.Store(o0 + length);
        c1_0.Store(o0 + y);
        c1_1.Store(o0 + y + length);
        c2_0.Store(o0 + y2);
        c2_1.Store(o0 + y2 + length);
        c3_0.Store(o0 + y3);
        c3_1.Store(o0 + y3 + length);
    }
}
