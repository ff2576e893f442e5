using ILGPU.Runtime.Cuda;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>cp.async (sm_80 and later): copies past the registers, while the thread goes on.</summary>
internal static class AsyncCopies
{
    /// <summary>16 bytes past the first-level cache, or zeros where <paramref name="bytes"/> is 0; then nothing is read.</summary>
    /// <param name="address">The buffer's address.</param>
    /// <param name="index">The first float in it.</param>
    /// <param name="to">Place in shared memory, bytes.</param>
    /// <param name="bytes">16 or 0.</param>
    public static void Copy16(long address, int index, int to, int bytes) => CudaAsm.Emit(
        "{ .reg .u32 to; .reg .u64 from; mov.u32 to, __shared_alloca0; add.u32 to, to, %0; mad.wide.s32 from, %1, 4, %2; cp.async.cg.shared.global [to], [from], 16, %3; }",
        to, index, address, bytes);

    /// <summary>4 bytes, or zero where <paramref name="bytes"/> is 0; then nothing is read.</summary>
    /// <inheritdoc cref="Copy16"/>
    public static void Copy4(long address, int index, int to, int bytes) => CudaAsm.Emit(
        "{ .reg .u32 to; .reg .u64 from; mov.u32 to, __shared_alloca0; add.u32 to, to, %0; mad.wide.s32 from, %1, 4, %2; cp.async.ca.shared.global [to], [from], 4, %3; }",
        to, index, address, bytes);

    /// <summary>Waits for the thread's copies.</summary>
    public static void Wait() => CudaAsm.Emit("cp.async.wait_all;");
}
