using System.Runtime.ExceptionServices;

namespace CudaNoisy.Training;

/// <summary>A batch in the making. <see cref="Next"/>, <see cref="Missing"/> and the error belong to whoever holds the workers' lock.</summary>
internal sealed class BatchSlot(BatchOrder order, int imageLength)
{
    private ExceptionDispatchInfo? _error;
    private int _errorPlace;

    public int[] Indices { get; } = new int[order.BatchSize];

    public int[] Flips { get; } = new int[order.Flips ? order.BatchSize : 0];

    public byte[] Pixels { get; } = new byte[(long)order.BatchSize * imageLength];

    public BatchOrder Order => order;

    public long Step { get; private set; }

    /// <summary>The first place that no worker has taken.</summary>
    public int Next { get; set; }

    /// <summary>Places that are not done.</summary>
    public int Missing { get; set; }

    /// <summary>Empties the slot for another step.</summary>
    public void Begin(long step)
    {
        Step = step;
        order.Fill(step, Indices, Flips);
        Next = 0;
        Missing = Indices.Length;
        _error = null;
        _errorPlace = int.MaxValue;
    }

    /// <summary>Keeps the error of the first place that failed, whichever thread came first.</summary>
    public void Fail(int place, Exception error)
    {
        if (place < _errorPlace)
            (_errorPlace, _error) = (place, ExceptionDispatchInfo.Capture(error));
    }

    public void ThrowIfFailed() => _error?.Throw();
}
