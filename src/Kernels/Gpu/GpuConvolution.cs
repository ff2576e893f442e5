using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Convolutions, one thread an output element. y = (or +=) x * w + bias; dx = (or +=) the adjoint in x; dw += the adjoint in w.</summary>
/// <remarks>Sums run in a fixed order, one tap (or one row of pixels) after the other, each in an accumulator of its own so that rounding errors stay small; no atomics.</remarks>
public static class GpuConvolution
{
    /// <summary>y = (or +=) x * w + bias; an empty bias counts as zero.</summary>
    public static void Forward(Conv2dShape s, ArrayView<float> x, ArrayView<float> w, ArrayView<float> bias, int accumulate, ArrayView<float> y)
    {
        var i = GpuIndex.Global;
        if (i >= y.Length)
            return;
        var k = (int)(i % s.K);
        var q = (int)(i / s.K % s.Q);
        var p = (int)(i / s.K / s.Q % s.P);
        var n = (int)(i / s.K / s.Q / s.P);
        var sum = 0f;
        for (var r = 0; r < s.R; r++)
        {
            var h = (p * s.StrideH) + r - s.PadTop;
            if (h < 0 || h >= s.H)
                continue;
            for (var t = 0; t < s.S; t++)
            {
                var v = (q * s.StrideW) + t - s.PadLeft;
                if (v < 0 || v >= s.W)
                    continue;
                var input = ((((long)n * s.H) + h) * s.W + v) * s.C;
                var filter = ((((long)r * s.S) + t) * s.C * s.K) + k;
                var tap = 0f;
                for (var c = 0; c < s.C; c++)
                    tap += x[input + c] * w[filter + ((long)c * s.K)];
                sum += tap;
            }
        }

        if (bias.Length > 0)
            sum += bias[k];
        y[i] = accumulate != 0 ? y[i] + sum : sum;
    }

    /// <summary>dx = (or +=) dy convolved with w transposed.</summary>
    public static void BackwardData(Conv2dShape s, ArrayView<float> dy, ArrayView<float> w, int accumulate, ArrayView<float> dx)
    {
        var i = GpuIndex.Global;
        if (i >= dx.Length)
            return;
        var c = (int)(i % s.C);
        var v = (int)(i / s.C % s.W);
        var h = (int)(i / s.C / s.W % s.H);
        var n = (int)(i / s.C / s.W / s.H);
        var sum = 0f;
        for (var r = 0; r < s.R; r++)
        {
            var ph = h + s.PadTop - r;
            if (ph < 0 || ph % s.StrideH != 0 || ph / s.StrideH >= s.P)
                continue;
            for (var t = 0; t < s.S; t++)
            {
                var qw = v + s.PadLeft - t;
                if (qw < 0 || qw % s.StrideW != 0 || qw / s.StrideW >= s.Q)
                    continue;
                var output = ((((long)n * s.P) + (ph / s.StrideH)) * s.Q + (qw / s.StrideW)) * s.K;
                var filter = ((((long)r * s.S) + t) * s.C + c) * s.K;
                var tap = 0f;
                for (var k = 0; k < s.K; k++)
                    tap += dy[output + k] * w[filter + k];
                sum += tap;
            }
        }

        dx[i] = accumulate != 0 ? dx[i] + sum : sum;
    }

    /// <summary>dw += x correlated with dy.</summary>
    public static void BackwardFilter(Conv2dShape s, ArrayView<float> x, ArrayView<float> dy, ArrayView<float> dw)
    {
        var i = GpuIndex.Global;
        if (i >= dw.Length)
            return;
        var k = (int)(i % s.K);
        var c = (int)(i / s.K % s.C);
        var t = (int)(i / s.K / s.C % s.S);
        var r = (int)(i / s.K / s.C / s.S);
        var sum = 0f;
        for (var n = 0; n < s.N; n++)
        {
            for (var p = 0; p < s.P; p++)
            {
                var h = (p * s.StrideH) + r - s.PadTop;
                if (h < 0 || h >= s.H)
                    continue;
                var line = 0f;
                for (var q = 0; q < s.Q; q++)
                {
                    var v = (q * s.StrideW) + t - s.PadLeft;
                    if (v >= 0 && v < s.W)
                        line += x[(((((long)n * s.H) + h) * s.W + v) * s.C) + c] * dy[(((((long)n * s.P) + p) * s.Q + q) * s.K) + k];
                }

                sum += line;
            }
        }

        dw[i] += sum;
    }

    /// <summary>sums[c] += sum over rows of x[row, c].</summary>
    public static void ColumnSums(long rows, int columns, ArrayView<float> x, ArrayView<float> sums)
    {
        var shared = SharedMemory.Allocate<float>(GpuIndex.MaxGroup);
        var column = Grid.IdxX;
        var sum = 0f;
        for (long row = Group.IdxX; row < rows; row += Group.DimX)
            sum += x[(row * columns) + column];
        sum = GpuReduce.Sum(sum, shared);
        if (Group.IdxX == 0)
            sums[column] += sum;
    }

    /// <summary>c = alpha * op(a) op(b) + beta * c; with beta 0, c is not read.</summary>
    public static void Multiply(MatrixSizes s, float alpha, ArrayView<float> a, ArrayView<float> b, float beta, ArrayView<float> c)
    {
        var i = GpuIndex.Global;
        if (i >= (long)s.M * s.N)
            return;
        var row = i / s.N;
        var column = i % s.N;
        var sum = 0f;
        for (long d = 0; d < s.K; d++)
            sum += (s.TransposeA != 0 ? a[(d * s.M) + row] : a[(row * s.K) + d]) * (s.TransposeB != 0 ? b[(column * s.K) + d] : b[(d * s.N) + column]);
        c[i] = beta == 0 ? alpha * sum : (alpha * sum) + (beta * c[i]);
    }
}
