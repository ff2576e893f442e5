using System.Reflection;
using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;
using ILGPU;
using ILGPU.Runtime;

namespace CudaNoisy.Runtime;

/// <summary>Compiled kernels, loaded when first launched. All are explicitly grouped.</summary>
internal sealed class IlgpuKernels(Accelerator accelerator, AcceleratorStream stream, int groupSize)
{
    private readonly Dictionary<MethodInfo, Delegate> _loaded = [];

    /// <summary>What the device allows.</summary>
    public IlgpuLimits Limits { get; } = new(accelerator);

    /// <summary>One thread an element.</summary>
    public KernelConfig Elements(long length) => Limits.Config(Math.Max(1, (length + groupSize - 1) / groupSize), 1, 1, groupSize);

    /// <summary>One thread an access of one or four elements.</summary>
    public KernelConfig Elements(long length, bool quads) => Elements(quads ? length / 4 : length);

    /// <summary>One thread an access, for kernels that find an element's place by 32-bit divisions.</summary>
    /// <exception cref="DeviceLimitException">A tensor has 2^31 elements or more.</exception>
    public KernelConfig Places(long length, long other, bool quads = false)
    {
        CheckPlaces(Math.Max(length, other));
        return Elements(length, quads);
    }

    /// <summary>For walks along the rows of (rows, channels) that write all of them: at least 4 rows a thread, more where that still fills the device.</summary>
    public KernelConfig Sweep(long rows, int channels, bool quads) => Sweep(rows, channels, quads, 8L * Limits.Multiprocessors, int.MaxValue);

    /// <summary>For walks that leave one result a group: as few groups as fill the device.</summary>
    public KernelConfig Reduction(long rows, int channels, bool quads) => Sweep(rows, channels, quads, 2L * Limits.Multiprocessors, GpuChannels.MaxParts);

    /// <summary>One warp an item.</summary>
    public KernelConfig Warps(long items) => Elements(items * WarpReduce.Size);

    /// <summary>One group an item.</summary>
    public KernelConfig Groups(long items) => Limits.Config(items, 1, 1, groupSize);

    /// <summary>A kernel compiled for one size of groups.</summary>
    public void Run<T1, T2, T3, T4, T5>(Action<T1, T2, T3, T4, T5> kernel, KernelConfig config, KernelSpecialization specialization, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel, specialization);
        ((Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>)loaded)(stream, config, a1, a2, a3, a4, a5);
    }

    public void Run<T1, T2>(Action<T1, T2> kernel, KernelConfig config, T1 a1, T2 a2)
        where T1 : struct
        where T2 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel);
        ((Action<AcceleratorStream, KernelConfig, T1, T2>)loaded)(stream, config, a1, a2);
    }

    public void Run<T1, T2, T3>(Action<T1, T2, T3> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3)
        where T1 : struct
        where T2 : struct
        where T3 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel);
        ((Action<AcceleratorStream, KernelConfig, T1, T2, T3>)loaded)(stream, config, a1, a2, a3);
    }

    public void Run<T1, T2, T3, T4>(Action<T1, T2, T3, T4> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel);
        ((Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4>)loaded)(stream, config, a1, a2, a3, a4);
    }

    public void Run<T1, T2, T3, T4, T5>(Action<T1, T2, T3, T4, T5> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel);
        ((Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5>)loaded)(stream, config, a1, a2, a3, a4, a5);
    }

    public void Run<T1, T2, T3, T4, T5, T6>(Action<T1, T2, T3, T4, T5, T6> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel);
        ((Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6>)loaded)(stream, config, a1, a2, a3, a4, a5, a6);
    }

    public void Run<T1, T2, T3, T4, T5, T6, T7>(Action<T1, T2, T3, T4, T5, T6, T7> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel);
        ((Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7>)loaded)(stream, config, a1, a2, a3, a4, a5, a6, a7);
    }

    public void Run<T1, T2, T3, T4, T5, T6, T7, T8>(Action<T1, T2, T3, T4, T5, T6, T7, T8> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel);
        ((Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8>)loaded)(stream, config, a1, a2, a3, a4, a5, a6, a7, a8);
    }

    public void Run<T1, T2, T3, T4, T5, T6, T7, T8, T9>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel);
        ((Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9>)loaded)(stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9);
    }

    public void Run<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
        where T10 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[Known(kernel.Method)] = loaded = accelerator.LoadKernel(kernel);
        ((Action<AcceleratorStream, KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>)loaded)(stream, config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
    }

    /// <summary>Only kernels of the catalog are launched, because only those have been through the PTX gate.</summary>
    private static MethodInfo Known(MethodInfo kernel) =>
        GpuCatalog.Contains(kernel) ? kernel : throw new InvalidOperationException($"{kernel.DeclaringType?.Name}.{kernel.Name} is not in the catalog of kernels");

    private void CheckPlaces(long elements) => Limits.Check("elements of a tensor", int.MaxValue, elements);

    private KernelConfig Sweep(long rows, int channels, bool quads, long groups, long most)
    {
        CheckPlaces(rows * channels);
        var columns = quads ? channels / 4 : channels;
        var slabs = (columns + groupSize - 1) / groupSize;
        var lines = groupSize / Math.Min(columns, groupSize);
        var parts = Math.Min(Math.Max(groups / slabs, rows / (32L * lines)), (rows + (4L * lines) - 1) / (4L * lines));
        return Limits.Config(Math.Clamp(parts, 1, most), slabs, 1, groupSize);
    }
}
