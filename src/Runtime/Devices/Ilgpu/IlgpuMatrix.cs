using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

/// <summary>Products by the pass of a convolution of 1x1 images that is the same sum.</summary>
internal sealed class IlgpuMatrix(IlgpuProduct products) : IMatrix
{
    public void Multiply(int m, int n, int k, float alpha, DeviceView<float> a, bool transposeA, DeviceView<float> b, bool transposeB, float beta, DeviceView<float> c)
    {
        var (left, right, target) = (a.Slice(0, (long)m * k), b.Slice(0, (long)k * n), c.Slice(0, (long)m * n));
        var columns = n % 4 == 0;
        switch (transposeA, transposeB)
        {
            case (false, false):
                products.Run<ForwardPass<AsStored>>(Conv2dShape.Linear(m, k, n), 1, left, right, default, alpha, beta, target, columns && k % 4 == 0, false);
                break;
            case (false, true):
                products.Run<BackwardDataPass<AsStored>>(Conv2dShape.Linear(m, n, k), 1, left, right, default, alpha, beta, target, columns && k % 4 == 0, false);
                break;
            case (true, false):
                products.Run<BackwardFilterPass<AsStored, AsStored>>(Conv2dShape.Linear(k, m, n), 1, left, right, default, alpha, beta, target, columns && m % 4 == 0, true);
                break;
            default:
                products.Run<TransposedPass>(Conv2dShape.Linear(m, k, n), 1, left, right, default, alpha, beta, target, columns && m % 4 == 0 && k % 4 == 0, false);
                break;
        }
    }
}
