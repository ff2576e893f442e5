using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A method's batches: images and their given labels.</summary>
public sealed class BatchFeed : IDisposable
{
    private readonly BatchImages _images;
    private readonly int[] _given;
    private readonly int[] _labels;
    private readonly DeviceBuffer<int> _memory;
    private readonly Action<Tensor> _loadInto;

    /// <summary>Opens a feed.</summary>
    /// <param name="device">The device.</param>
    /// <param name="images">The set.</param>
    /// <param name="given">One label an image of the set: the given ones.</param>
    /// <param name="order">Which images.</param>
    public BatchFeed(Device device, DeviceImages images, int[] given, BatchOrder order)
    {
        _images = images.Batches(order);
        _given = given;
        _labels = new int[order.BatchSize];
        _memory = device.Allocate<int>(order.BatchSize);
        _loadInto = input => Load(input, 0);
    }

    /// <summary>The present batch's image numbers.</summary>
    public int[] Indices => _images.Indices;

    /// <summary>How long training waited in all for images that were not ready.</summary>
    public TimeSpan Waited => _images.Waited;

    /// <summary>Moves to a step's batch.</summary>
    public StepBatch Next(long step)
    {
        _images.Move(step);
        for (var i = 0; i < _labels.Length; i++)
            _labels[i] = _given[Indices[i]];
        _memory.CopyFrom(_labels);
        return new StepBatch(_loadInto, _memory.View);
    }

    /// <summary>Writes a part of the present batch into a network's input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="chunk">Which part: the images from chunk * N on, for an input of N.</param>
    public void Load(Tensor input, int chunk) => _images.Load(input, chunk);

    /// <inheritdoc/>
    public void Dispose()
    {
        _images.Dispose();
        _memory.Dispose();
    }
}
