namespace CudaNoisy.PtxGate;

/// <summary>One launch of a step.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Bytes">Device memory read and written, every operand once.</param>
/// <param name="Operations">Multiplications and additions.</param>
/// <param name="TensorCores">Whether tensor cores do them.</param>
/// <param name="Rows">Rows of a product, 0 for other kernels.</param>
/// <param name="Columns">Columns of a product.</param>
/// <param name="Phases">Interleaved products.</param>
/// <param name="Depth">Terms of a product's sums where they may be split, else 0.</param>
internal sealed record Launch(string Kernel, double Bytes, double Operations = 0, bool TensorCores = false, long Rows = 0, int Columns = 0, int Phases = 1, int Depth = 0);
