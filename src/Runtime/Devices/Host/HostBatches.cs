using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

internal sealed class HostBatches(HostThreads threads) : IBatches
{
    private readonly HostThreads _x = threads;

    public void GatherImages(in GatherShape shape, DeviceView<byte> images, DeviceView<int> indices, DeviceView<int> flips, PixelScale scale, DeviceView<float> y) => throw new NotImplementedException();

    public void GatherRows(int n, int length, DeviceView<float> rows, DeviceView<int> indices, DeviceView<float> y) => throw new NotImplementedException();

    public void GatherLabels(int n, DeviceView<int> values, DeviceView<int> indices, DeviceView<int> y) => throw new NotImplementedException();
}
