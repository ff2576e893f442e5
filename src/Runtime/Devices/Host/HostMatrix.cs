namespace CudaNoisy.Runtime;

internal sealed class HostMatrix(HostDevice device) : IMatrix
{
    private readonly HostDevice _x = device;

    public void Multiply(int m, int n, int k, float alpha, DeviceView<float> a, bool transposeA, DeviceView<float> b, bool transposeB, float beta, DeviceView<float> c) => throw new NotImplementedException();
}
