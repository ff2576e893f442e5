namespace CudaNoisy.Kernels.Host;

/// <summary>A small matrix of a Winograd convolution (Lavin and Gray, CVPR 2016), applied to registers of channels.</summary>
/// <remarks>A tile of y = x * w in one dimension is y = A^T [(G w) . (B^T x)]; in two dimensions every matrix is applied to columns and rows. The filter's
/// gradient is G^T [(B^T x) . (A dy)].</remarks>
public unsafe interface IWinogradMap
{
    /// <summary>Columns of the matrix.</summary>
    static abstract int Inputs { get; }

    /// <summary>Rows of the matrix.</summary>
    static abstract int Outputs { get; }

    /// <summary>y = matrix * x; overwrites (=).</summary>
    /// <param name="x">The first of <see cref="Inputs"/> registers.</param>
    /// <param name="xStep">Floats from one to the next.</param>
    /// <param name="y">The first of <see cref="Outputs"/> registers.</param>
    /// <param name="yStep">Floats from one to the next.</param>
    static abstract void Apply<TV>(float* x, long xStep, float* y, long yStep)
        where TV : unmanaged, IHostVector<TV>;
}
