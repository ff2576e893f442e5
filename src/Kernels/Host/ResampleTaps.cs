namespace CudaNoisy.Kernels.Host;

/// <summary>Which input pixels make up each output pixel along one axis, and their weights as integers of 22 binary places.</summary>
/// <remarks>
/// Pillow's rule (Image.resize for bytes): scale s = in / out, support r = width/2 * max(s, 1). Output i has its centre at c = (i + 1/2) s; inputs from int(c - r + 1/2) to
/// int(c + r + 1/2), within the picture, have the weight f((x + 1/2 - c) / max(s, 1)), divided by the sum of the weights and rounded half away from zero.
/// </remarks>
public sealed class ResampleTaps
{
    /// <summary>Binary places of a weight: 8 bits of a pixel and 2 of overshoot leave so many of 32.</summary>
    public const int Places = 22;

    private readonly double[] _weights;

    /// <summary>Taps of the outputs <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1.</summary>
    /// <param name="input">Input pixels.</param>
    /// <param name="output">Output pixels of the whole axis.</param>
    /// <param name="first">The first output wanted.</param>
    /// <param name="count">Outputs wanted.</param>
    /// <param name="filter">The kernel.</param>
    public ResampleTaps(int input, int output, int first, int count, ResampleFilter filter)
    {
        var scale = (double)input / output;
        var stretch = Math.Max(scale, 1);
        var support = (filter == ResampleFilter.Cubic ? 2 : 1) * stretch;
        Stride = ((int)Math.Ceiling(support) * 2) + 1;
        _weights = new double[Stride];
        First = new int[count];
        Count = new int[count];
        Weights = new int[count * Stride];
        for (var i = 0; i < count; i++)
        {
            var centre = (first + i + 0.5) * scale;
            First[i] = Math.Max((int)(centre - support + 0.5), 0);
            Count[i] = Math.Min((int)(centre + support + 0.5), input) - First[i];
            Weigh(i, centre, stretch, filter);
        }
    }

    /// <summary>The first input of every output.</summary>
    public int[] First { get; }

    /// <summary>Inputs of every output.</summary>
    public int[] Count { get; }

    /// <summary>Weights, <see cref="Stride"/> an output.</summary>
    public int[] Weights { get; }

    /// <summary>Places for weights an output.</summary>
    public int Stride { get; }

    /// <summary>The inputs that any output wants: from, and how many.</summary>
    public (int From, int Length) Range => (First[0], First[^1] + Count[^1] - First[0]);

    private void Weigh(int i, double centre, double stretch, ResampleFilter filter)
    {
        double sum = 0;
        for (var t = 0; t < Count[i]; t++)
        {
            _weights[t] = Value(filter, (t + First[i] - centre + 0.5) * (1 / stretch));
            sum += _weights[t];
        }

        for (var t = 0; t < Count[i]; t++)
        {
            var weight = sum == 0 ? _weights[t] : _weights[t] / sum;
            Weights[(i * Stride) + t] = (int)((weight < 0 ? -0.5 : 0.5) + (weight * (1 << Places)));
        }
    }

    private static double Value(ResampleFilter filter, double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        if (filter == ResampleFilter.Linear)
            return x < 1 ? 1 - x : 0;
        return x < 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1 : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * a : 0;
    }
}
