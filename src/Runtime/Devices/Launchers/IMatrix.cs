namespace CudaNoisy.Runtime;

/// <summary>Launches products of row-major matrices.</summary>
public interface IMatrix
{
    /// <summary>c (m,n) = alpha * op(a) op(b) + beta * c, where op transposes if asked. a is (m,k), or (k,m) if transposed; b is (k,n), or (n,k) if transposed.</summary>
    /// <remarks>With beta = 0, c is not read.</remarks>
    void Multiply(int m, int n, int k, float alpha, DeviceView<float> a, bool transposeA, DeviceView<float> b, bool transposeB, float beta, DeviceView<float> c);
}
