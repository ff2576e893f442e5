using System.Numerics.Tensors;

namespace CudaNoisy.Kernels.Host;

/// <summary>NT-Xent's passes around the similarity products, a row at a time. Sums of exponentials are added up in double.</summary>
public static unsafe class ContrastiveRows
{
    /// <summary>z = x / |x|; returns 1 / |x|.</summary>
    public static float Normalize(float* x, float* z, int length, float smallest)
    {
        double sum = 0;
        for (var i = 0; i < length; i++)
            sum += (double)x[i] * x[i];
        var scale = (float)(1 / Math.Max(Math.Sqrt(sum), smallest));
        for (var i = 0; i < length; i++)
            z[i] = x[i] * scale;
        return scale;
    }

    /// <summary>dx = inverse (dz - z (z . dz)).</summary>
    public static void NormalizeBackward(float* z, float inverse, float* dz, float* dx, int length)
    {
        double sum = 0;
        for (var i = 0; i < length; i++)
            sum += (double)z[i] * dz[i];
        var along = (float)sum;
        for (var i = 0; i < length; i++)
            dx[i] = inverse * (dz[i] - (z[i] * along));
    }

    /// <summary>Of one row of similarities without its own entry: log of the sum of exponentials, and the first largest.</summary>
    /// <param name="s">The row.</param>
    /// <param name="n">Its length.</param>
    /// <param name="self">Its own entry.</param>
    /// <param name="scratch">n floats.</param>
    public static (float LogSum, int Nearest) Row(float* s, int n, int self, float* scratch)
    {
        var nearest = self == 0 ? 1 : 0;
        for (var j = nearest + 1; j < n; j++)
        {
            if (j != self && s[j] > s[nearest])
                nearest = j;
        }

        var terms = new Span<float>(scratch, n);
        TensorPrimitives.Subtract(new ReadOnlySpan<float>(s, n), s[nearest], terms);
        TensorPrimitives.Exp(terms, terms);
        terms[self] = 0;
        double sum = 0;
        for (var j = 0; j < n; j++)
            sum += terms[j];
        return (s[nearest] + (float)Math.Log(sum), nearest);
    }

    /// <summary>s[j] = scale * (exp(s - logSums[self]) + exp(s - logSums[j]) - 2 [j is the partner]), 0 at its own entry.</summary>
    public static void Weights(float* s, int n, int self, float scale, float* logSums, float* scratch)
    {
        var row = new Span<float>(s, n);
        var terms = new Span<float>(scratch, n);
        TensorPrimitives.Subtract(row, new ReadOnlySpan<float>(logSums, n), terms);
        TensorPrimitives.Exp(terms, terms);
        TensorPrimitives.Subtract(row, logSums[self], row);
        TensorPrimitives.Exp(row, row);
        TensorPrimitives.Add(row, terms, row);
        row[(self + (n / 2)) % n] -= 2;
        TensorPrimitives.Multiply(row, scale, row);
        row[self] = 0;
    }
}
