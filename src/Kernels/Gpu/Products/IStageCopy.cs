namespace CudaNoisy.Kernels.Gpu;

/// <summary>The thread's copies of an operand's stage, by their number.</summary>
internal interface IStageCopy
{
    /// <summary>Starts copy number <paramref name="i"/>.</summary>
    void Start(int i);
}
