using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>NT-Xent (Chen et al., ICML 2020) over embeddings x (n,length): rows i and i + n/2 are two views of one image. Similarities are products of normalised rows over a temperature.</summary>
/// <remarks>Similarities are made block of rows by block of rows, in both passes, and never all at once: memory is n * length and one block.</remarks>
public sealed class ContrastiveLoss : IDisposable
{
    private const long BlockLength = 1 << 20;
    private readonly Device _device;
    private readonly int _n;
    private readonly int _length;
    private readonly int _block;
    private readonly float _temperature;
    private readonly DeviceBuffer<float> _z;
    private readonly DeviceBuffer<float> _dz;
    private readonly DeviceBuffer<float> _perRow;
    private readonly DeviceBuffer<float> _similarities;

    /// <summary>Allocates what a loss over n rows needs.</summary>
    /// <param name="device">The device.</param>
    /// <param name="n">Rows, even.</param>
    /// <param name="length">Their length.</param>
    /// <param name="temperature">The temperature.</param>
    public ContrastiveLoss(Device device, int n, int length, double temperature)
        : this(device, n, length, temperature, BlockLength)
    {
    }

    internal ContrastiveLoss(Device device, int n, int length, double temperature, long blockLength)
    {
        _device = device;
        _n = n;
        _length = length;
        _block = (int)Math.Clamp(blockLength / n, 1, n);
        _temperature = (float)temperature;
        _z = device.Allocate<float>((long)n * length);
        _dz = device.Allocate<float>((long)n * length);
        _perRow = device.Allocate<float>(2L * n);
        _similarities = device.Allocate<float>((long)_block * n);
    }

    private DeviceView<float> Inverse => _perRow.View.Slice(0, _n);

    private DeviceView<float> LogSums => _perRow.View.Slice(_n, _n);

    /// <summary>Losses, one a row, and each row's most similar other one: the partner where the loss is small.</summary>
    /// <param name="x">Embeddings, (n,length).</param>
    /// <param name="losses">The output, n.</param>
    /// <param name="nearest">The output, n.</param>
    public void Forward(DeviceView<float> x, DeviceView<float> losses, DeviceView<int> nearest)
    {
        _device.Contrastive.Normalize(_n, _length, x, _z.View, Inverse);
        for (var first = 0; first < _n; first += _block)
        {
            var rows = Math.Min(_block, _n - first);
            Multiply(first, rows);
            _device.Contrastive.Rows(first, rows, _n, _similarities.View, LogSums, losses, nearest);
        }
    }

    /// <summary>The gradient of the mean loss, after <see cref="Forward"/>.</summary>
    /// <param name="dx">The output, (n,length).</param>
    public void Backward(DeviceView<float> dx)
    {
        for (var first = 0; first < _n; first += _block)
        {
            var rows = Math.Min(_block, _n - first);
            Multiply(first, rows);
            _device.Contrastive.Weights(first, rows, _n, 1 / (_n * _temperature), LogSums, _similarities.View);
            _device.Matrix.Multiply(rows, _length, _n, 1, _similarities.View, false, _z.View, false, 0, _dz.View.Slice((long)first * _length, (long)rows * _length));
        }

        _device.Contrastive.NormalizeBackward(_n, _length, _z.View, Inverse, _dz.View, dx);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _z.Dispose();
        _dz.Dispose();
        _perRow.Dispose();
        _similarities.Dispose();
    }

    private void Multiply(int first, int rows) => _device.Matrix.Multiply(
        rows, _n, _length, 1 / _temperature, _z.View.Slice((long)first * _length, (long)rows * _length), false, _z.View, true, 0, _similarities.View);
}
