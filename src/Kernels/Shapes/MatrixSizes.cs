namespace CudaNoisy.Kernels;

/// <summary>Sizes of a product c (M,N) = op(a) op(b), row-major.</summary>
/// <param name="M">Rows.</param>
/// <param name="N">Columns.</param>
/// <param name="K">Terms of a sum.</param>
/// <param name="TransposeA">1: a is (K,M).</param>
/// <param name="TransposeB">1: b is (N,K).</param>
public readonly record struct MatrixSizes(int M, int N, int K, int TransposeA, int TransposeB);
