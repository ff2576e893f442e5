using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Register-blocked products of the implicit matrix multiplication: a few groups of 4 pixels times one panel of output channels.</summary>
/// <remarks>y[g,i,:] = start + sum over filter rows r and depth d of x[offset(g) + i*stride + r*step + d] * panel[r*depth + d, :], where depth = S*C:
/// in NHWC the S taps of a filter row lie next to each other. Accumulators stay in registers over the whole sum. Overwrites (=) its outputs, or adds (+=) where the tile continues a sum.</remarks>
public static unsafe class RowTiles
{
    /// <summary>12 pixels by 2 registers: 24 accumulators, for 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile12x2<TV>(in RowTile t)
        where TV : unmanaged, IHostVector<TV>
    {
        var length = TV.Length;
        var c0_0 = Start<TV>(t, 0, 0, 0);
        var c0_1 = Start<TV>(t, 0, 0, 1);
        var c1_0 = Start<TV>(t, 0, 1, 0);
        var c1_1 = Start<TV>(t, 0, 1, 1);
        var c2_0 = Start<TV>(t, 0, 2, 0);
        var c2_1 = Start<TV>(t, 0, 2, 1);
        var c3_0 = Start<TV>(t, 0, 3, 0);
        var c3_1 = Start<TV>(t, 0, 3, 1);
        var c4_0 = Start<TV>(t, 1, 0, 0);
        var c4_1 = Start<TV>(t, 1, 0, 1);
        var c5_0 = Start<TV>(t, 1, 1, 0);
        var c5_1 = Start<TV>(t, 1, 1, 1);
        var c6_0 = Start<TV>(t, 1, 2, 0);
        var c6_1 = Start<TV>(t, 1, 2, 1);
        var c7_0 = Start<TV>(t, 1, 3, 0);
        var c7_1 = Start<TV>(t, 1, 3, 1);
        var c8_0 = Start<TV>(t, 2, 0, 0);
        var c8_1 = Start<TV>(t, 2, 0, 1);
        var c9_0 = Start<TV>(t, 2, 1, 0);
        var c9_1 = Start<TV>(t, 2, 1, 1);
        var c10_0 = Start<TV>(t, 2, 2, 0);
        var c10_1 = Start<TV>(t, 2, 2, 1);
        var c11_0 = Start<TV>(t, 2, 3, 0);
        var c11_1 = Start<TV>(t, 2, 3, 1);
        var (s, s2, s3) = (t.InputStride, 2 * t.InputStride, 3 * t.InputStride);
        var b = t.Panel;
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

        Finish(t, 0, 0, 0, c0_0);
        Finish(t, 0, 0, 1, c0_1);
        Finish(t, 0, 1, 0, c1_0);
        Finish(t, 0, 1, 1, c1_1);
        Finish(t, 0, 2, 0, c2_0);
        Finish(t, 0, 2, 1, c2_1);
        Finish(t, 0, 3, 0, c3_0);
        Finish(t, 0, 3, 1, c3_1);
        Finish(t, 1, 0, 0, c4_0);
        Finish(t, 1, 0, 1, c4_1);
        Finish(t, 1, 1, 0, c5_0);
        Finish(t, 1, 1, 1, c5_1);
        Finish(t, 1, 2, 0, c6_0);
        Finish(t, 1, 2, 1, c6_1);
        Finish(t, 1, 3, 0, c7_0);
        Finish(t, 1, 3, 1, c7_1);
        Finish(t, 2, 0, 0, c8_0);
        Finish(t, 2, 0, 1, c8_1);
        Finish(t, 2, 1, 0, c9_0);
        Finish(t, 2, 1, 1, c9_1);
        Finish(t, 2, 2, 0, c10_0);
        Finish(t, 2, 2, 1, c10_1);
        Finish(t, 2, 3, 0, c11_0);
        Finish(t, 2, 3, 1, c11_1);
    }

    /// <summary>16 pixels by 1 register, for narrow outputs and 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile16x1<TV>(in RowTile t)
        where TV : unmanaged, IHostVector<TV>
    {
        var length = TV.Length;
        var c0_0 = Start<TV>(t, 0, 0, 0);
        var c1_0 = Start<TV>(t, 0, 1, 0);
        var c2_0 = Start<TV>(t, 0, 2, 0);
        var c3_0 = Start<TV>(t, 0, 3, 0);
        var c4_0 = Start<TV>(t, 1, 0, 0);
        var c5_0 = Start<TV>(t, 1, 1, 0);
        var c6_0 = Start<TV>(t, 1, 2, 0);
        var c7_0 = Start<TV>(t, 1, 3, 0);
        var c8_0 = Start<TV>(t, 2, 0, 0);
        var c9_0 = Start<TV>(t, 2, 1, 0);
        var c10_0 = Start<TV>(t, 2, 2, 0);
        var c11_0 = Start<TV>(t, 2, 3, 0);
        var c12_0 = Start<TV>(t, 3, 0, 0);
        var c13_0 = Start<TV>(t, 3, 1, 0);
        var c14_0 = Start<TV>(t, 3, 2, 0);
        var c15_0 = Start<TV>(t, 3, 3, 0);
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

        Finish(t, 0, 0, 0, c0_0);
        Finish(t, 0, 1, 0, c1_0);
        Finish(t, 0, 2, 0, c2_0);
        Finish(t, 0, 3, 0, c3_0);
        Finish(t, 1, 0, 0, c4_0);
        Finish(t, 1, 1, 0, c5_0);
        Finish(t, 1, 2, 0, c6_0);
        Finish(t, 1, 3, 0, c7_0);
        Finish(t, 2, 0, 0, c8_0);
        Finish(t, 2, 1, 0, c9_0);
        Finish(t, 2, 2, 0, c10_0);
        Finish(t, 2, 3, 0, c11_0);
        Finish(t, 3, 0, 0, c12_0);
        Finish(t, 3, 1, 0, c13_0);
        Finish(t, 3, 2, 0, c14_0);
        Finish(t, 3, 3, 0, c15_0);
    }

    /// <summary>4 pixels by 2 registers: 8 accumulators, for 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x2<TV>(in RowTile t)
        where TV : unmanaged, IHostVector<TV>
    {
        var length = TV.Length;
        var c0_0 = Start<TV>(t, 0, 0, 0);
        var c0_1 = Start<TV>(t, 0, 0, 1);
        var c1_0 = Start<TV>(t, 0, 1, 0);
        var c1_1 = Start<TV>(t, 0, 1, 1);
        var c2_0 = Start<TV>(t, 0, 2, 0);
        var c2_1 = Start<TV>(t, 0, 2, 1);
        var c3_0 = Start<TV>(t, 0, 3, 0);
        var c3_1 = Start<TV>(t, 0, 3, 1);
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

        Finish(t, 0, 0, 0, c0_0);
        Finish(t, 0, 0, 1, c0_1);
        Finish(t, 0, 1, 0, c1_0);
        Finish(t, 0, 1, 1, c1_1);
        Finish(t, 0, 2, 0, c2_0);
        Finish(t, 0, 2, 1, c2_1);
        Finish(t, 0, 3, 0, c3_0);
        Finish(t, 0, 3, 1, c3_1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TV Start<TV>(in RowTile t, int group, int pixel, int register)
        where TV : unmanaged, IHostVector<TV>
    {
        var value = t.Bias is null ? TV.Zero : TV.Load(t.Bias + (register * TV.Length));
        return t.Initial is null
            ? value
            : TV.Add(value, TV.Load(t.Initial + t.InitialOffsets[group] + (pixel * t.OutputStride) + (register * TV.Length)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TV>(in RowTile t, int group, int pixel, int register, TV value)
        where TV : unmanaged, IHostVector<TV>
    {
        var target = t.Output + t.OutputOffsets[group] + (pixel * t.OutputStride) + (register * TV.Length);
        if (t.Continue)
            value = TV.Add(value, TV.Load(target));
        if (t.Relu)
            value = TV.Relu(value);
        value.Store(target);
    }
}
