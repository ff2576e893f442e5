using System.Numerics;

namespace CudaNoisy.Kernels.Host;

/// <summary>Optimizer updates of a few parameters with one weight-decay coefficient. Counts are multiples of the register width.</summary>
public static unsafe class OptimizerBlocks
{
    /// <summary>g += decay*theta; v = momentum*v + g; theta -= rate*v, or rate*(g + lookahead*v) with Nesterov.</summary>
    public static void Sgd(float* theta, float* gradient, float* velocity, float decay, float rate, float momentum, bool nesterov, float lookahead, int count)
    {
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var t = Vector.Load(theta + i);
            var g = Vector.Load(gradient + i) + (t * decay);
            var v = (Vector.Load(velocity + i) * momentum) + g;
            Vector.Store(v, velocity + i);
            Vector.Store(t - ((nesterov ? g + (v * lookahead) : v) * rate), theta + i);
        }
    }

    /// <summary>m = beta1*m + (1-beta1)*g; v = beta2*v + (1-beta2)*g^2; theta -= rate*m / (sqrt(v)/correction + epsilon). The rate holds m's bias correction.</summary>
    public static void Adam(
        float* theta, float* gradient, float* m, float* v, float decay, float rate, float beta1, float beta2, float epsilon, float correction, int count)
    {
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            var t = Vector.Load(theta + i);
            var g = Vector.Load(gradient + i) + (t * decay);
            var first = (Vector.Load(m + i) * beta1) + (g * (1 - beta1));
            var second = (Vector.Load(v + i) * beta2) + (g * g * (1 - beta2));
            Vector.Store(first, m + i);
            Vector.Store(second, v + i);
            var root = (Vector.SquareRoot(second) / correction) + new Vector<float>(epsilon);
            Vector.Store(t - (first * rate / root), theta + i);
        }
    }

    /// <summary>One tensor of LARS: ratio = trust*|theta| / (|g| + decay*|theta|); v = momentum*v + rate*ratio*(g + decay*theta); theta -= v.</summary>
    public static void Lars(float* theta, float* gradient, float* velocity, float decay, bool adapt, float rate, float momentum, float trust, long count)
    {
        var ratio = 1f;
        if (adapt)
        {
            double parameters = 0, gradients = 0;
            for (var i = 0L; i < count; i++)
            {
                parameters += (double)theta[i] * theta[i];
                gradients += (double)gradient[i] * gradient[i];
            }

            if (parameters > 0 && gradients > 0)
                ratio = (float)(trust * Math.Sqrt(parameters) / (Math.Sqrt(gradients) + (decay * Math.Sqrt(parameters))));
        }

        for (var i = 0L; i < count; i += Vector<float>.Count)
        {
            var t = Vector.Load(theta + i);
            var v = (Vector.Load(velocity + i) * momentum) + ((Vector.Load(gradient + i) + (t * decay)) * (rate * ratio));
            Vector.Store(v, velocity + i);
            Vector.Store(t - v, theta + i);
        }
    }
}
