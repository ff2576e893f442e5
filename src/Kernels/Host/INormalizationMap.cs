namespace CudaNoisy.Kernels.Host;

/// <summary>A batch-norm's pass that makes each element of (rows, channels) from those at its place.</summary>
public interface INormalizationMap
{
    /// <summary>Maps some rows.</summary>
    void Run<TV>(long first, int rows)
        where TV : unmanaged, IHostVector<TV>;
}
