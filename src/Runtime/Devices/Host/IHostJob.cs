namespace CudaNoisy.Runtime;

/// <summary>Work split into independent parts. Implementations are unmanaged structs holding pointers and sizes, so that launching allocates nothing.</summary>
public interface IHostJob
{
    /// <summary>Does one part. The result must not depend on which worker does it, nor on the other parts.</summary>
    /// <param name="part">The part, from 0.</param>
    /// <param name="worker">The worker, from 0 to <see cref="HostThreads.Count"/> - 1; owns <see cref="HostThreads.WorkerScratch"/>.</param>
    void Execute(int part, int worker);
}
