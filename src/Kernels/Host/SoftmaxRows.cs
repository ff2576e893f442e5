namespace CudaNoisy.Kernels.Host;

/// <summary>Losses of one row of logits. With logP_j = z_j - max - ln sum exp(z - max): all values finite for finite logits.</summary>
/// <remarks>dL/dz_j = weight * f'(p)p (delta_jy - p_j); lDot = f'(p)p (zDot_y - sum p_j zDot_j). All overwrite (=).</remarks>
public static unsafe class SoftmaxRows
{
    /// <summary>f(p) of the given label.</summary>
    public static float Forward<TLoss>(TLoss loss, float* z, int classes, int label)
        where TLoss : unmanaged, ISoftmaxLoss => loss.Value(LogP(z, classes, label));

    /// <summary>dz.</summary>
    public static void Backward<TLoss>(TLoss loss, float* z, int classes, int label, float weight, float* dz)
        where TLoss : unmanaged, ISoftmaxLoss
    {
        var (max, logSum) = Normalizer(z, classes);
        var slope = weight * loss.Slope(z[label] - max - logSum);
        for (var j = 0; j < classes; j++)
        {
            // The label's own 1 - p is a sum of the others', which does not cancel.
            if (j != label)
                dz[j] = -slope * MathF.Exp(z[j] - max - logSum);
        }

        double others = 0;
        for (var j = 0; j < classes; j++)
        {
            if (j != label)
                others += Math.Exp((double)z[j] - max - logSum);
        }

        dz[label] = (float)(slope * others);
    }

    /// <summary>The derivative of f(p) along zDot.</summary>
    public static float Jvp<TLoss>(TLoss loss, float* z, int classes, int label, float* zDot)
        where TLoss : unmanaged, ISoftmaxLoss
    {
        var (max, logSum) = Normalizer(z, classes);
        double sum = 0;
        for (var j = 0; j < classes; j++)
            sum += Math.Exp((double)z[j] - max - logSum) * ((double)zDot[label] - zDot[j]);
        return (float)(loss.Slope(z[label] - max - logSum) * sum);
    }

    /// <summary>Probabilities.</summary>
    public static void Softmax(float* z, int classes, float* probabilities)
    {
        var (max, logSum) = Normalizer(z, classes);
        for (var j = 0; j < classes; j++)
            probabilities[j] = MathF.Exp(z[j] - max - logSum);
    }

    /// <summary>The first of the largest logits.</summary>
    public static int ArgMax(float* z, int classes)
    {
        var best = 0;
        for (var j = 1; j < classes; j++)
        {
            if (z[j] > z[best])
                best = j;
        }

        return best;
    }

    private static float LogP(float* z, int classes, int label)
    {
        var (max, logSum) = Normalizer(z, classes);
        return z[label] - max - logSum;
    }

    private static (float Max, float LogSum) Normalizer(float* z, int classes)
    {
        var max = z[ArgMax(z, classes)];
        double sum = 0;
        for (var j = 0; j < classes; j++)
            sum += Math.Exp((double)z[j] - max);
        return (max, (float)Math.Log(sum));
    }
}
