using System.Numerics.Tensors;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>The inverse of a bound on the Hessian of multinomial logistic regression: H &lt;= (X^T X / n) / 2 + penalty. With it a step of length 1 never overshoots.</summary>
/// <remarks>Boehning, "Multinomial logistic regression algorithm", Annals of the Institute of Statistical Mathematics 1992.</remarks>
internal sealed class Preconditioner
{
    private readonly double[] _gram;
    private readonly int _d;

    /// <summary>From features on the device, (n, d), the last column ones.</summary>
    public Preconditioner(Device device, DeviceView<float> x, int n, int d)
    {
        _d = d;
        using var gram = device.Allocate<float>((long)d * d);
        device.Matrix.Multiply(d, d, n, 1f / n, x, true, x, false, 0, gram.View);
        _gram = Array.ConvertAll(gram.View.ToArray(), v => (double)v);
    }

    /// <summary>The inverse for a penalty, row-major (d, d).</summary>
    /// <param name="penalty">On every weight but the bias.</param>
    /// <param name="share">Share of the samples that a head trains on.</param>
    public float[] Inverse(double penalty, double share)
    {
        const double biasPenalty = 1e-9;
        var a = Array.ConvertAll(_gram, g => g / (2 * share));
        for (var i = 0; i < _d; i++)
            a[(i * _d) + i] += (i == _d - 1 ? biasPenalty : penalty) + 1e-7;
        return Invert(a);
    }

    /// <summary>Cholesky: A = L L^T, then the columns of L^-T L^-1.</summary>
    private float[] Invert(double[] a)
    {
        var d = _d;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[(i * d) + j] - TensorPrimitives.Dot<double>(a.AsSpan(i * d, j), a.AsSpan(j * d, j));
                a[(i * d) + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-30)) : sum / a[(j * d) + j];
            }
        }

        // Row c of w is column c of L^-1.
        var w = new double[d * d];
        Parallel.For(0, d, c =>
        {
            w[(c * d) + c] = 1 / a[(c * d) + c];
            for (var i = c + 1; i < d; i++)
                w[(c * d) + i] = -TensorPrimitives.Dot<double>(a.AsSpan((i * d) + c, i - c), w.AsSpan((c * d) + c, i - c)) / a[(i * d) + i];
        });
        var inverse = new float[d * d];
        Parallel.For(0, d, i =>
        {
            for (var j = 0; j <= i; j++)
                inverse[(i * d) + j] = inverse[(j * d) + i] = (float)TensorPrimitives.Dot<double>(w.AsSpan((i * d) + i, d - i), w.AsSpan((j * d) + i, d - i));
        });
        return inverse;
    }
}
