using CudaNoisy.Kernels;

namespace CudaNoisy.Training;

/// <summary>Which images make up a sequence of batches. A function of the step, so that batches can be made ahead, on any number of threads.</summary>
public abstract class BatchOrder
{
    /// <summary>Images a batch.</summary>
    public abstract int BatchSize { get; }

    /// <summary>Batches in all.</summary>
    public abstract long Steps { get; }

    /// <summary>Whether images are mirrored at random.</summary>
    public abstract bool Flips { get; }

    /// <summary>Fills a step's image numbers and, where <see cref="Flips"/>, its mirror flags (0 or 1). Called by one thread.</summary>
    public abstract void Fill(long step, Span<int> indices, Span<int> flips);

    /// <summary>What draws the cut of the image at a place of a step's batch; null for evaluation. Thread-safe.</summary>
    public abstract Philox? Random(long step, int place);

    /// <summary>Whether every place shows a random view of its image.</summary>
    public virtual bool Views => false;

    /// <summary>Draws a step's views of images of h x w, where <see cref="Views"/>.</summary>
    public virtual void FillViews(long step, int h, int w, Span<ViewDraw> views) => throw new NotSupportedException("This order has no views.");
}
