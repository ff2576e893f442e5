using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CudaNoisy.Runtime;

/// <summary>A fixed set of worker threads that run <see cref="IHostJob"/>s. The caller is worker 0.</summary>
/// <remarks>Parts are handed out from one counter. As a part's result depends on its number only, results do not depend on the number of threads.
/// Workers spin for some microseconds after a job, because a training step issues hundreds of jobs back to back, and then sleep.</remarks>
public sealed unsafe class HostThreads : IDisposable
{
    private const int SpinIterations = 2000;
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _wake;
    private readonly int[] _asleep;
    private readonly float** _scratch;
    private readonly long[] _scratchLength;
    private void* _job;
    private delegate*<void*, int, int, void> _execute;
    private int _parts;
    private int _next;
    private int _busy;
    private int _generation;
    private volatile bool _stop;

    /// <summary>Starts the workers.</summary>
    /// <param name="count">Threads in all, the caller included; at least 1.</param>
    public HostThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _scratch = (float**)NativeMemory.AllocZeroed((nuint)(count * sizeof(float*)));
        _scratchLength = new long[count];
        _threads = new Thread[count - 1];
        _wake = new SemaphoreSlim[count - 1];
        _asleep = new int[count - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var worker = i + 1;
            _wake[i] = new SemaphoreSlim(0);
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"cudanoisy-host-{worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads that work on a job, the caller included.</summary>
    public int Count { get; }

    /// <summary>Runs all parts of a job and returns when they are done.</summary>
    public void Run<TJob>(int parts, TJob job)
        where TJob : unmanaged, IHostJob
    {
        if (parts <= 1 || Count == 1)
        {
            for (var part = 0; part < parts; part++)
                job.Execute(part, 0);
            return;
        }

        _job = &job;
        _execute = &Invoke<TJob>;
        _parts = parts;
        _next = 0;
        _busy = _threads.Length;
        Interlocked.Increment(ref _generation);
        for (var i = 0; i < _wake.Length; i++)
        {
            if (Volatile.Read(ref _asleep[i]) == 1 && Interlocked.Exchange(ref _asleep[i], 0) == 1)
                _wake[i].Release();
        }

        Drain(0);
        var spinner = new SpinWait();
        while (Volatile.Read(ref _busy) != 0)
            spinner.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>64-byte aligned floats for every worker; their content is undefined at the start of a part. Jobs carry this pointer.</summary>
    public float** WorkerScratch => _scratch;

    /// <summary>Makes every worker's scratch at least this long; call before <see cref="Run"/>. Allocates only when it must grow.</summary>
    public void EnsureWorkerScratch(long floats)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_scratchLength[i] >= floats)
                continue;
            NativeMemory.AlignedFree(_scratch[i]);
            _scratch[i] = (float*)NativeMemory.AlignedAlloc((nuint)floats * sizeof(float), 64);
            _scratchLength[i] = floats;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stop)
            return;
        _stop = true;
        Interlocked.Increment(ref _generation);
        for (var i = 0; i < _threads.Length; i++)
        {
            _wake[i].Release();
            _threads[i].Join();
            _wake[i].Dispose();
        }

        for (var i = 0; i < Count; i++)
        {
            NativeMemory.AlignedFree(_scratch[i]);
            _scratch[i] = null;
        }

        NativeMemory.Free(_scratch);
    }

    private static void Invoke<TJob>(void* job, int part, int worker)
        where TJob : unmanaged, IHostJob => Unsafe.AsRef<TJob>(job).Execute(part, worker);

    private void Drain(int worker)
    {
        while (true)
        {
            var part = Interlocked.Increment(ref _next) - 1;
            if (part >= _parts)
                return;
            _execute(_job, part, worker);
        }
    }

    private void Work(int worker)
    {
        var seen = 0;
        while (true)
        {
            WaitForGeneration(seen, worker - 1);
            if (_stop)
                return;
            seen = Volatile.Read(ref _generation);
            Drain(worker);
            Interlocked.Decrement(ref _busy);
        }
    }

    private void WaitForGeneration(int seen, int index)
    {
        // A late release may wake a worker that has already done the job it was meant for: only a new generation counts.
        while (true)
        {
            for (var i = 0; i < SpinIterations; i++)
            {
                if (Volatile.Read(ref _generation) != seen)
                    return;
                Thread.SpinWait(8);
            }

            Interlocked.Exchange(ref _asleep[index], 1);
            if (Volatile.Read(ref _generation) != seen && Interlocked.Exchange(ref _asleep[index], 0) == 1)
                return;
            _wake[index].Wait();
        }
    }
}
