using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A method's batches, drawn from a set by a sampler.</summary>
public sealed class BatchFeed : IDisposable
{
    private readonly DeviceImages _images;
    private readonly Sampler _sampler;
    private readonly DeviceBuffer<int> _memory;
    private readonly bool _flip;

    /// <summary>Binds a feed.</summary>
    /// <param name="device">The device.</param>
    /// <param name="images">The set.</param>
    /// <param name="sampler">Which images.</param>
    /// <param name="batch">Images a step.</param>
    /// <param name="flip">Whether they are mirrored at random.</param>
    public BatchFeed(Device device, DeviceImages images, Sampler sampler, int batch, bool flip)
    {
        _images = images;
        _sampler = sampler;
        _flip = flip;
        Indices = new int[batch];
        Flips = new int[batch];
        _memory = device.Allocate<int>(3 * Pad);
        LoadInto = input => _images.Load(View(0), _flip ? View(1) : default, input);
    }

    /// <summary>The present batch's image numbers.</summary>
    public int[] Indices { get; }

    private int[] Flips { get; }

    private Action<Tensor> LoadInto { get; }

    private int Pad => (Indices.Length + 15) / 16 * 16;

    /// <summary>Moves to a step's batch.</summary>
    public StepBatch Next(long step)
    {
        _sampler.Batch(step, Indices);
        View(0).CopyFrom(Indices);
        if (_flip)
        {
            _sampler.Flips(step, Flips);
            View(1).CopyFrom(Flips);
        }

        _images.LoadLabels(Indices.Length, View(0), View(2));
        return new StepBatch(LoadInto, View(2));
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private DeviceView<int> View(int index) => new(_memory, index * Pad, Indices.Length);
}
