namespace CudaNoisy.Kernels.Host;

/// <summary>Interpolation kernels of <see cref="ResampleRows"/>.</summary>
public enum ResampleFilter
{
    /// <summary>Triangle, 2 wide.</summary>
    Linear,

    /// <summary>Keys' cubic with a = -1/2, 4 wide.</summary>
    Cubic,
}
