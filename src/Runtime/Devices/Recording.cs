namespace CudaNoisy.Runtime;

/// <summary>A sequence of launches with unchanging arguments, made once and played every step. Devices that can replay it as one do.</summary>
public class Recording : IDisposable
{
    /// <summary>Notes a sequence.</summary>
    /// <param name="launches">Issues it; the same launches every time.</param>
    public Recording(Action launches) => Launches = launches;

    /// <summary>Issues the launches one by one.</summary>
    protected Action Launches { get; }

    /// <summary>Issues the launches.</summary>
    public virtual void Play() => Launches();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the device keeps of it.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
