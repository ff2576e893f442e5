using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>Launches the making of random views of stored images: crop, mirror, colour jitter, grey. The same bits on every device.</summary>
public interface IViews
{
    /// <summary>y[i] (H,W,3) = the view draws[i] of image indices[i], bytes mapped through <paramref name="scale"/>.</summary>
    /// <param name="shape">N images of H x W x 3.</param>
    /// <param name="images">The stored set, uint8 NHWC.</param>
    /// <param name="indices">N image numbers.</param>
    /// <param name="draws">N draws.</param>
    /// <param name="scale">Byte to input value.</param>
    /// <param name="y">The views, float NHWC.</param>
    /// <exception cref="ArgumentException">The images have no three channels.</exception>
    void Make(in GatherShape shape, DeviceView<byte> images, DeviceView<int> indices, DeviceView<ViewDraw> draws, PixelScale scale, DeviceView<float> y);
}
