namespace CudaNoisy.Kernels.Gpu;

/// <summary>The thread's copies of an operand's stage, by their number, or what is done with what they brought.</summary>
internal interface IStageCopy
{
    /// <summary>Starts, or works on, copy number <paramref name="i"/>.</summary>
    void Start(int i);
}
