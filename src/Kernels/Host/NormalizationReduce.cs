using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>The sums of batch normalization's backward pass and Jvp: of g and of g (x - mean) over rows, where g is dy, zero where the ReLU was.</summary>
/// <remarks>Rows are read in order; short runs are summed in float and their sums in double.</remarks>
public unsafe struct NormalizationReduce
{
    /// <summary>Rows summed in float before their sum is added in double.</summary>
    private const int RunLength = 32;

    /// <summary>Channels.</summary>
    public int Channels;

    /// <summary>The forward pass's input.</summary>
    public float* X;

    /// <summary>Its means.</summary>
    public float* Mean;

    /// <summary>Where the ReLU was.</summary>
    public NormalizationMask Mask;

    /// <summary>The output's cotangent, or the input's tangent.</summary>
    public float* Dy;

    /// <summary>Gets g, which may replace dy; or null.</summary>
    public float* G;

    /// <summary>Sums some rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="space">Room for 2 Channels floats.</param>
    /// <param name="sums">Gets (=) the sums of g, then those of g (x - mean): 2 Channels values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TV>(long first, int rows, float* space, double* sums)
        where TV : unmanaged, IHostVector<TV>
    {
        new Span<double>(sums, 2 * Channels).Clear();
        var at = first * Channels;
        var whole = Channels - (Channels % TV.Length);
        for (var run = 0; run < rows; run += RunLength)
        {
            new Span<float>(space, 2 * Channels).Clear();
            for (var row = run; row < Math.Min(rows, run + RunLength); row++)
            {
                for (var c = 0; c < whole; c += TV.Length, at += TV.Length)
                    Add<TV>(at, c, space);
                for (var c = whole; c < Channels; c++, at++)
                    Add<HostScalar>(at, c, space);
            }

            var i = 0;
            for (; i <= (2 * Channels) - TV.Length; i += TV.Length)
                TV.Load(space + i).AddTo(sums + i);
            for (; i < 2 * Channels; i++)
                sums[i] += space[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Add<TV>(long at, int c, float* space)
        where TV : unmanaged, IHostVector<TV>
    {
        var centred = TV.Subtract(TV.Load(X + at), TV.Load(Mean + c));
        var g = Mask.Apply(TV.Load(Dy + at), centred, at, c);
        if (G is not null)
            g.Store(G + at);
        TV.Add(TV.Load(space + c), g).Store(space + c);
        TV.MultiplyAdd(g, centred, TV.Load(space + Channels + c)).Store(space + Channels + c);
    }
}
