using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CudaNoisy.Kernels.Host;

/// <summary>Hints to the caches.</summary>
public static unsafe class CacheLines
{
    /// <summary>Floats of a line.</summary>
    public const int Floats = 16;

    /// <summary>Asks for a line, on processors that can be asked. Any address will do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(nint address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((void*)address);
    }
}
