namespace CudaNoisy.Training;

/// <summary>One training step: the algorithm, on top of forward, backward and tangent passes.</summary>
public abstract class TrainingMethod : IDisposable
{
    /// <summary>Whether steps want a second, clean batch.</summary>
    public virtual bool NeedsMetaBatch(long step) => false;

    /// <summary>Takes step number <paramref name="step"/> (from 0).</summary>
    /// <param name="step">Steps taken before.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="train">The noisy batch.</param>
    /// <param name="meta">The clean batch where <see cref="NeedsMetaBatch"/>.</param>
    /// <param name="outputs">Where to leave losses, weights and predictions.</param>
    public abstract void Step(long step, double rate, StepBatch train, StepBatch meta, StepOutputs outputs);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the method owns.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
