using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>When results go to memory past the caches: a store that misses reads its line first, which a streaming store does not.</summary>
/// <remarks>Other threads see what a part has streamed, because every part ends with an interlocked operation (<see cref="HostThreads"/>), which waits for all of the thread's stores.</remarks>
internal static class Streaming
{
    /// <summary>Floats of a result that no cache keeps until it is read again.</summary>
    private const long FewestFloats = 4L << 20;

    /// <summary>Whether a result is streamed that is written as a whole and was not read just before.</summary>
    /// <param name="result">Where it goes; streams want every row to start where a line does.</param>
    /// <param name="floats">Its length.</param>
    /// <param name="channels">Floats of a row.</param>
    public static unsafe bool Pays(float* result, long floats, int channels) =>
        floats >= FewestFloats && channels % CacheLines.Floats == 0 && (nuint)result % (CacheLines.Floats * sizeof(float)) == 0;
}
