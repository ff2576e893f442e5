namespace CudaNoisy.Training;

/// <summary>Threads that fill batches, in the order in which these were started.</summary>
internal sealed class BatchWorkers : IDisposable
{
    private const int BytesAtOnce = 1 << 16;
    private readonly PixelSource _source;
    private readonly int _imagesAtOnce;
    private readonly object _lock = new();
    private readonly Queue<BatchSlot> _queue = new();
    private readonly Thread[] _threads;
    private bool _stopping;

    public BatchWorkers(PixelSource source, int count)
    {
        _source = source;
        _imagesAtOnce = Math.Max(1, BytesAtOnce / source.ImageLength);
        _threads = [.. Enumerable.Range(0, count).Select(i => new Thread(Work) { IsBackground = true, Name = $"images {i}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Starts a step's batch; the slot must be done with the one before.</summary>
    public void Start(BatchSlot slot, long step)
    {
        lock (_lock)
        {
            slot.Begin(step);
            _queue.Enqueue(slot);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Waits until a slot's batch is whole.</summary>
    public void Wait(BatchSlot slot)
    {
        lock (_lock)
        {
            while (slot.Missing > 0)
                Monitor.Wait(_lock);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _stopping = true;
            Monitor.PulseAll(_lock);
        }

        foreach (var thread in _threads)
            thread.Join();
    }

    private void Work()
    {
        while (Take(out var slot, out var first, out var count))
        {
            var failed = first;
            Exception? error = null;
            try
            {
                for (; failed < first + count; failed++)
                    _source.Read(slot.Indices[failed], slot.Order.Random(slot.Step, failed), new ArraySegment<byte>(slot.Pixels, failed * _source.ImageLength, _source.ImageLength));
            }
            catch (Exception e)
            {
                // It is thrown again where the batch is asked for.
                error = e;
            }

            lock (_lock)
            {
                if (error is not null)
                    slot.Fail(failed, error);
                slot.Missing -= count;
                if (slot.Missing == 0)
                    Monitor.PulseAll(_lock);
            }
        }
    }

    private bool Take(out BatchSlot slot, out int first, out int count)
    {
        lock (_lock)
        {
            while (_queue.Count == 0 && !_stopping)
                Monitor.Wait(_lock);
            (slot, first, count) = (null!, 0, 0);
            if (_stopping)
                return false;
            slot = _queue.Peek();
            first = slot.Next;
            count = Math.Min(_imagesAtOnce, slot.Indices.Length - first);
            slot.Next += count;
            if (slot.Next == slot.Indices.Length)
                _queue.Dequeue();
            return true;
        }
    }
}
