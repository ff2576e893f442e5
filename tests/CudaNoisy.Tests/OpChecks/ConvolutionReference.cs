using CudaNoisy.Kernels;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>Convolutions by their definition, in double precision, with the sums of absolute terms that tolerances are made of.</summary>
public static class ConvolutionReference
{
    public static (double[] Value, double[] Magnitude) Forward(Conv2dShape s, float[] x, float[] w) =>
        Sum(s, s.OutputLength, (xi, wi, yi) => (yi, (double)x[xi] * w[wi]));

    public static (double[] Value, double[] Magnitude) BackwardData(Conv2dShape s, float[] dy, float[] w) =>
        Sum(s, s.InputLength, (xi, wi, yi) => (xi, (double)dy[yi] * w[wi]));

    public static (double[] Value, double[] Magnitude) BackwardFilter(Conv2dShape s, float[] x, float[] dy) =>
        Sum(s, s.FilterLength, (xi, wi, yi) => (wi, (double)x[xi] * dy[yi]));

    private static (double[] Value, double[] Magnitude) Sum(Conv2dShape s, long length, Func<int, int, int, (int Target, double Term)> term)
    {
        var value = new double[length];
        var magnitude = new double[length];
        for (var n = 0; n < s.N; n++)
            for (var p = 0; p < s.P; p++)
                for (var q = 0; q < s.Q; q++)
                    for (var r = 0; r < s.R; r++)
                        for (var t = 0; t < s.S; t++)
                        {
                            var (h, v) = ((p * s.StrideH) + r - s.PadTop, (q * s.StrideW) + t - s.PadLeft);
                            if (h < 0 || h >= s.H || v < 0 || v >= s.W)
                                continue;
                            for (var c = 0; c < s.C; c++)
                                for (var k = 0; k < s.K; k++)
                                {
                                    var (target, product) = term(
                                        (((((n * s.H) + h) * s.W) + v) * s.C) + c, (((((r * s.S) + t) * s.C) + c) * s.K) + k, (((((n * s.P) + p) * s.Q) + q) * s.K) + k);
                                    value[target] += product;
                                    magnitude[target] += Math.Abs(product);
                                }
                        }

        return (value, magnitude);
    }
}
