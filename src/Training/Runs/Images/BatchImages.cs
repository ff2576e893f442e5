using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>The images of a sequence of batches.</summary>
/// <param name="order">The sequence.</param>
public abstract class BatchImages(BatchOrder order) : IDisposable
{
    /// <summary>The present batch's image numbers.</summary>
    public int[] Indices { get; } = new int[order.BatchSize];

    /// <summary>How long <see cref="Move"/> waited in all for images that were not ready.</summary>
    public TimeSpan Waited { get; protected set; }

    /// <summary>The sequence.</summary>
    protected BatchOrder Order { get; } = order;

    /// <summary>Moves to a step's batch; fast where it is the one after the step before.</summary>
    /// <exception cref="UnreadableImageException">A file is damaged or gone.</exception>
    public abstract void Move(long step);

    /// <summary>Writes the present batch into a network's input; may be called more than once.</summary>
    /// <param name="input">The input.</param>
    /// <param name="chunk">Which part of the batch, where the input holds fewer images than it.</param>
    public abstract void Load(Tensor input, int chunk = 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases device memory.</summary>
    protected abstract void Dispose(bool disposing);
}
