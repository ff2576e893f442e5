using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Batch normalization's backward pass: dx = (or +=) g a + (x - mean) b + shift and dresidual = (or +=) g, where g is dy, zero where the ReLU was.</summary>
/// <remarks>Ioffe and Szegedy 2015. Tensors are (rows, Channels); coefficients have a value a channel. Either result may be null, and either may be dy.</remarks>
public unsafe struct NormalizationBackward : INormalizationMap
{
    /// <summary>Channels.</summary>
    public int Channels;

    /// <summary>The forward pass's input.</summary>
    public float* X;

    /// <summary>Its means.</summary>
    public float* Mean;

    /// <summary>Where the ReLU was.</summary>
    public NormalizationMask Mask;

    /// <summary>The output's cotangent.</summary>
    public float* Dy;

    /// <summary>Multiplies g.</summary>
    public float* A;

    /// <summary>Multiplies x - mean.</summary>
    public float* B;

    /// <summary>Is added.</summary>
    public float* Shift;

    /// <summary>The input's cotangent, or null.</summary>
    public float* Dx;

    /// <summary>Whether dx goes to memory past the caches.</summary>
    public bool Stream;

    /// <summary>Add to <see cref="Dx"/>.</summary>
    public bool AccumulateX;

    /// <summary>The residual's cotangent, or null.</summary>
    public float* DResidual;

    /// <summary>Add to <see cref="DResidual"/>.</summary>
    public bool AccumulateResidual;

    /// <summary>Maps some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TV>(long first, int rows)
        where TV : unmanaged, IHostVector<TV>
    {
        var at = first * Channels;
        var whole = Channels - (Channels % TV.Length);
        for (var row = 0; row < rows; row++)
        {
            for (var c = 0; c < whole; c += TV.Length, at += TV.Length)
                Map<TV>(at, c);
            for (var c = whole; c < Channels; c++, at++)
                Map<HostScalar>(at, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Map<TV>(long at, int c)
        where TV : unmanaged, IHostVector<TV>
    {
        var centred = TV.Subtract(TV.Load(X + at), TV.Load(Mean + c));
        var g = Mask.Apply(TV.Load(Dy + at), centred, at, c);
        if (Dx is not null)
        {
            var value = TV.MultiplyAdd(g, TV.Load(A + c), TV.MultiplyAdd(centred, TV.Load(B + c), TV.Load(Shift + c)));
            CacheLines.Write(AccumulateX ? TV.Add(TV.Load(Dx + at), value) : value, Dx + at, Stream);
        }

        if (DResidual is not null)
            (AccumulateResidual ? TV.Add(TV.Load(DResidual + at), g) : g).Store(DResidual + at);
    }
}
