namespace CudaNoisy.Runtime;

/// <summary>Moves the running statistics of some batch-norms, as often as it is asked to: running = (1 - momentum) * running + momentum * batch; the variance enters unbiased, times rows/(rows-1).</summary>
public abstract class RunningUpdate : IDisposable
{
    /// <summary>Moves them once.</summary>
    public abstract void Launch();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the launch needs.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
