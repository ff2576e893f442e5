using ILGPU.Runtime.Cuda;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>cp.async (sm_80 and later): copies past the registers, while the thread goes on.</summary>
internal static class AsyncCopies
{
    /// <summary>16 bytes past the first-level cache, or zeros where <paramref name="bytes"/> is 0.</summary>
    public static void Copy16(long from, int to, int bytes) => CudaAsm.Emit(
        "{ .reg .u32 to; mov.u32 to, __shared_alloca0; add.u32 to, to, %0; cp.async.cg.shared.global [to], [%1], 16, %2; }", to, from, bytes);

    /// <summary>4 bytes, or zero where <paramref name="bytes"/> is 0.</summary>
    public static void Copy4(long from, int to, int bytes) => CudaAsm.Emit(
        "{ .reg .u32 to; mov.u32 to, __shared_alloca0; add.u32 to, to, %0; cp.async.ca.shared.global [to], [%1], 4, %2; }", to, from, bytes);

    /// <summary>Waits for the thread's copies.</summary>
    public static void Wait() => CudaAsm.Emit("cp.async.wait_all;");
}
