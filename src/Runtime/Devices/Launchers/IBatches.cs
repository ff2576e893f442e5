using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>Launches the assembly of batches from sets that live on the device.</summary>
public interface IBatches
{
    /// <summary>y[i] (H,W,C) = image indices[i], mirrored left-right where flips[i] is 1, bytes mapped through <paramref name="scale"/>. flips may be empty.</summary>
    /// <param name="shape">N images of H x W x C.</param>
    /// <param name="images">The stored set, uint8 NHWC.</param>
    /// <param name="indices">N image numbers.</param>
    /// <param name="flips">N zeros and ones, or empty.</param>
    /// <param name="scale">Byte to input value.</param>
    /// <param name="y">The batch, float NHWC.</param>
    void GatherImages(in GatherShape shape, DeviceView<byte> images, DeviceView<int> indices, DeviceView<int> flips, PixelScale scale, DeviceView<float> y);

    /// <summary>y[i] = rows[indices[i]], rows of <paramref name="length"/> floats (cached features).</summary>
    void GatherRows(int n, int length, DeviceView<float> rows, DeviceView<int> indices, DeviceView<float> y);

    /// <summary>y[i] = values[indices[i]].</summary>
    void GatherLabels(int n, DeviceView<int> values, DeviceView<int> indices, DeviceView<int> y);
}
