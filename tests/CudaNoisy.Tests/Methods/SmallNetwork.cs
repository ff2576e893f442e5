namespace CudaNoisy.Tests.Methods;

/// <summary>Convolution 3x3, batch-norm in training mode, ReLU, global average pooling and a linear layer with cross-entropy, in double precision: losses and their weighted gradient.</summary>
/// <remarks>Parameters in one array: filter (K,C,3,3), gamma, beta, linear weight (Classes,K), bias.</remarks>
public static class SmallNetwork
{
    public const int Size = 4;
    public const int C = 2;
    public const int K = 3;
    public const int Classes = 3;
    public const double Epsilon = 1e-5;
    public const int Gamma = K * C * 9;
    public const int Beta = Gamma + K;
    public const int Weight = Beta + K;
    public const int Bias = Weight + (Classes * K);
    public const int Length = Bias + Classes;

    /// <summary>Per-sample losses, and the gradient of sum coefficients[i] * losses[i]. x is (N,H,W,C).</summary>
    public static (double[] Losses, double[] Gradient) Evaluate(double[] theta, double[] x, int[] labels, double[] coefficients)
    {
        var n = labels.Length;
        var pixels = n * Size * Size;
        var y = new double[pixels * K];
        Each(n, (i, output, input, tap) =>
        {
            for (var k = 0; k < K; k++)
                for (var c = 0; c < C; c++)
                    y[(output * K) + k] += x[(input * C) + c] * theta[(((k * C) + c) * 9) + tap];
        });
        var (inverse, xHat, active) = (new double[K], new double[y.Length], new double[y.Length]);
        var features = new double[n * K];
        for (var k = 0; k < K; k++)
        {
            var column = Enumerable.Range(0, pixels).Select(p => y[(p * K) + k]).ToArray();
            var mean = column.Average();
            inverse[k] = 1 / Math.Sqrt(column.Average(v => (v - mean) * (v - mean)) + Epsilon);
            for (var p = 0; p < pixels; p++)
            {
                var at = (p * K) + k;
                xHat[at] = (y[at] - mean) * inverse[k];
                active[at] = Math.Max(0, (theta[Gamma + k] * xHat[at]) + theta[Beta + k]);
                features[(p / (Size * Size) * K) + k] += active[at] / (Size * Size);
            }
        }

        var losses = new double[n];
        var gradient = new double[Length];
        var back = new double[y.Length];
        for (var i = 0; i < n; i++)
        {
            var z = Enumerable.Range(0, Classes).Select(j => theta[Bias + j] + Enumerable.Range(0, K).Sum(k => theta[Weight + (j * K) + k] * features[(i * K) + k])).ToArray();
            var sum = z.Sum(Math.Exp);
            losses[i] = Math.Log(sum) - z[labels[i]];
            for (var j = 0; j < Classes; j++)
            {
                var dz = coefficients[i] * ((Math.Exp(z[j]) / sum) - (j == labels[i] ? 1 : 0));
                gradient[Bias + j] += dz;
                for (var k = 0; k < K; k++)
                {
                    gradient[Weight + (j * K) + k] += dz * features[(i * K) + k];
                    for (var p = 0; p < Size * Size; p++)
                    {
                        var at = (((i * Size * Size) + p) * K) + k;
                        back[at] += active[at] > 0 ? dz * theta[Weight + (j * K) + k] / (Size * Size) : 0;
                    }
                }
            }
        }

        for (var at = 0; at < back.Length; at++)
        {
            gradient[Gamma + (at % K)] += back[at] * xHat[at];
            gradient[Beta + (at % K)] += back[at];
        }

        for (var at = 0; at < back.Length; at++)
        {
            var k = at % K;
            back[at] = theta[Gamma + k] * inverse[k] * (back[at] - (gradient[Beta + k] / pixels) - (xHat[at] * gradient[Gamma + k] / pixels));
        }

        Each(n, (i, output, input, tap) =>
        {
            for (var k = 0; k < K; k++)
                for (var c = 0; c < C; c++)
                    gradient[(((k * C) + c) * 9) + tap] += back[(output * K) + k] * x[(input * C) + c];
        });
        return (losses, gradient);
    }

    private static void Each(int n, Action<int, int, int, int> visit)
    {
        for (var i = 0; i < n; i++)
            for (var p = 0; p < Size; p++)
                for (var q = 0; q < Size; q++)
                    for (var tap = 0; tap < 9; tap++)
                    {
                        var (h, w) = (p + (tap / 3) - 1, q + (tap % 3) - 1);
                        if (h >= 0 && h < Size && w >= 0 && w < Size)
                            visit(i, (((i * Size) + p) * Size) + q, (((i * Size) + h) * Size) + w, tap);
                    }
    }
}
