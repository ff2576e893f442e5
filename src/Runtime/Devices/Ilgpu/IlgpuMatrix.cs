using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuMatrix(IlgpuKernels kernels) : IMatrix
{
    public void Multiply(int m, int n, int k, float alpha, DeviceView<float> a, bool transposeA, DeviceView<float> b, bool transposeB, float beta, DeviceView<float> c) => kernels.Run(
        GpuConvolution.Multiply, kernels.Elements((long)m * n), new MatrixSizes(m, n, k, transposeA ? 1 : 0, transposeB ? 1 : 0), alpha, IlgpuView.Of(a, (long)m * k),
        IlgpuView.Of(b, (long)k * n), beta, IlgpuView.Of(c, (long)m * n));
}
