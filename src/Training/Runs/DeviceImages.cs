using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A set of images and labels in device memory, from which batches are gathered.</summary>
public sealed class DeviceImages : IDisposable
{
    private readonly Device _device;
    private readonly DeviceBuffer<byte> _pixels;
    private readonly DeviceBuffer<int> _labels;
    private readonly PixelScale _scale;
    private readonly ImageSet _set;

    /// <summary>Uploads a set.</summary>
    /// <param name="device">The device.</param>
    /// <param name="set">The images.</param>
    /// <param name="labels">One label an image: the given ones.</param>
    /// <param name="scale">Byte to network input.</param>
    public DeviceImages(Device device, ImageSet set, int[] labels, PixelScale scale)
    {
        _device = device;
        _set = set;
        _scale = scale;
        _pixels = device.Allocate<byte>(set.Pixels.LongLength);
        _pixels.CopyFrom(set.Pixels);
        _labels = device.Allocate<int>(labels.Length);
        _labels.CopyFrom(labels);
    }

    /// <summary>Writes a batch into a network's input.</summary>
    /// <param name="indices">One image number a place of the batch.</param>
    /// <param name="flips">1 where the image is mirrored; empty for none.</param>
    /// <param name="input">The input.</param>
    public void Load(DeviceView<int> indices, DeviceView<int> flips, Tensor input) =>
        _device.Batches.GatherImages(new GatherShape(input.Shape.N, _set.H, _set.W, _set.C), _pixels.View, indices, flips, _scale, input);

    /// <summary>Writes a batch's labels.</summary>
    public void LoadLabels(int n, DeviceView<int> indices, DeviceView<int> labels) => _device.Batches.GatherLabels(n, _labels.View, indices, labels);

    /// <inheritdoc/>
    public void Dispose()
    {
        _pixels.Dispose();
        _labels.Dispose();
    }
}
