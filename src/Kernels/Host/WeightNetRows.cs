namespace CudaNoisy.Kernels.Host;

/// <summary>Meta-Weight-Net's V(l) = sigmoid(w2 . relu(w1 l + b1) + b2) for a batch of losses (Shu et al. 2019).</summary>
/// <remarks>phi: w1, b1, w2, b2, each padded to a multiple of 64. With s = V(1-V) dV: dw2 += s relu(h), db2 += s, dw1 += s w2 l and db1 += s w2 where h &gt; 0.</remarks>
public static unsafe class WeightNetRows
{
    /// <summary>Floats of phi.</summary>
    public static long Length(int hidden) => (3L * Pad(hidden)) + 64;

    /// <summary>weights[i] = V(losses[i]). Overwrites (=).</summary>
    public static void Forward(int n, int hidden, float* phi, float* losses, float* weights)
    {
        for (var i = 0; i < n; i++)
            weights[i] = (float)Value(hidden, phi, losses[i]);
    }

    /// <summary>dphi += sum over i of scale * dweights[i] * dV(losses[i])/dphi, in the order of i.</summary>
    public static void Backward(int n, int hidden, float* phi, float* losses, float* dweights, float scale, float* dphi)
    {
        var pad = Pad(hidden);
        for (var i = 0; i < n; i++)
        {
            var l = losses[i];
            var value = Value(hidden, phi, l);
            var slope = scale * (double)dweights[i] * value * (1 - value);
            for (var j = 0; j < hidden; j++)
            {
                var h = (phi[j] * l) + phi[pad + j];
                if (h <= 0)
                    continue;
                var back = slope * phi[(2 * pad) + j];
                dphi[j] += (float)(back * l);
                dphi[pad + j] += (float)back;
                dphi[(2 * pad) + j] += (float)(slope * h);
            }

            dphi[3 * pad] += (float)slope;
        }
    }

    private static int Pad(int hidden) => (hidden + 63) / 64 * 64;

    private static double Value(int hidden, float* phi, float l)
    {
        var pad = Pad(hidden);
        double sum = phi[3 * pad];
        for (var j = 0; j < hidden; j++)
            sum += Math.Max(0, (phi[j] * l) + phi[pad + j]) * phi[(2 * pad) + j];
        return 1 / (1 + Math.Exp(-sum));
    }
}
