using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Batch normalization's forward pass and Jvp as affine maps of x - mean, which does not cancel: y = (x - mean) scale (+ b scaleB) + shift (+ residual),
/// then a ReLU or a mask.</summary>
/// <remarks>Ioffe and Szegedy 2015. Tensors are (rows, Channels); coefficients have a value a channel. Overwrites (=) Y, which may be any input.</remarks>
public unsafe struct NormalizationApply : INormalizationMap
{
    /// <summary>Channels.</summary>
    public int Channels;

    /// <summary>The batch-norm's input.</summary>
    public float* X;

    /// <summary>Its means.</summary>
    public float* Mean;

    /// <summary>Multiplies x - mean.</summary>
    public float* Scale;

    /// <summary>A second input, or null.</summary>
    public float* B;

    /// <summary>Multiplies it.</summary>
    public float* ScaleB;

    /// <summary>Is added.</summary>
    public float* Shift;

    /// <summary>A tensor that is added, or null.</summary>
    public float* Residual;

    /// <summary>Whether negative results become 0.</summary>
    public bool Relu;

    /// <summary>Where results become 0.</summary>
    public NormalizationMask Mask;

    /// <summary>Whether results go to memory past the caches.</summary>
    public bool Stream;

    /// <summary>The result.</summary>
    public float* Y;

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
        var value = TV.MultiplyAdd(centred, TV.Load(Scale + c), TV.Load(Shift + c));
        if (B is not null)
            value = TV.MultiplyAdd(TV.Load(B + at), TV.Load(ScaleB + c), value);
        if (Residual is not null)
            value = TV.Add(value, TV.Load(Residual + at));
        if (Relu)
            value = TV.Relu(value);
        CacheLines.Write(Mask.Apply(value, centred, at, c), Y + at, Stream);
    }
}
