using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CudaNoisy.Kernels.Host;

/// <summary>What goes past the processor's own way with its caches: hints, and stores that leave them out.</summary>
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

    /// <summary>Writes a register, past the caches if asked; the target is then aligned to the register's length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<TV>(TV value, float* target, bool stream)
        where TV : unmanaged, IHostVector<TV>
    {
        if (stream)
            value.Stream(target);
        else
            value.Store(target);
    }
}
