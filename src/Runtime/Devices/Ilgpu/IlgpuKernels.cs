using System.Reflection;
using ILGPU;
using ILGPU.Runtime;

namespace CudaNoisy.Runtime;

/// <summary>Compiled kernels, loaded when first launched. All are explicitly grouped.</summary>
internal sealed class IlgpuKernels(Accelerator accelerator, int groupSize)
{
    private readonly Dictionary<MethodInfo, Delegate> _loaded = [];

    /// <summary>What the device allows.</summary>
    public IlgpuLimits Limits { get; } = new(accelerator);

    /// <summary>One thread an element.</summary>
    public KernelConfig Elements(long length) => Limits.Config(Math.Max(1, (length + groupSize - 1) / groupSize), 1, 1, groupSize);

    /// <summary>One group an item.</summary>
    public KernelConfig Groups(long items) => Limits.Config(items, 1, 1, groupSize);

    /// <summary>A kernel compiled for one size of groups.</summary>
    public void Run<T1, T2, T3, T4>(Action<T1, T2, T3, T4> kernel, KernelConfig config, KernelSpecialization specialization, T1 a1, T2 a2, T3 a3, T4 a4)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel, specialization);
        ((Action<KernelConfig, T1, T2, T3, T4>)loaded)(config, a1, a2, a3, a4);
    }

    public void Run<T1, T2>(Action<T1, T2> kernel, KernelConfig config, T1 a1, T2 a2)
        where T1 : struct
        where T2 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel);
        ((Action<KernelConfig, T1, T2>)loaded)(config, a1, a2);
    }

    public void Run<T1, T2, T3>(Action<T1, T2, T3> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3)
        where T1 : struct
        where T2 : struct
        where T3 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel);
        ((Action<KernelConfig, T1, T2, T3>)loaded)(config, a1, a2, a3);
    }

    public void Run<T1, T2, T3, T4>(Action<T1, T2, T3, T4> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel);
        ((Action<KernelConfig, T1, T2, T3, T4>)loaded)(config, a1, a2, a3, a4);
    }

    public void Run<T1, T2, T3, T4, T5>(Action<T1, T2, T3, T4, T5> kernel, KernelConfig config, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
    {
        if (!_loaded.TryGetValue(kernel.Method, out var loaded))
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel);
        ((Action<KernelConfig, T1, T2, T3, T4, T5>)loaded)(config, a1, a2, a3, a4, a5);
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
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel);
        ((Action<KernelConfig, T1, T2, T3, T4, T5, T6>)loaded)(config, a1, a2, a3, a4, a5, a6);
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
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel);
        ((Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7>)loaded)(config, a1, a2, a3, a4, a5, a6, a7);
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
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel);
        ((Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8>)loaded)(config, a1, a2, a3, a4, a5, a6, a7, a8);
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
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel);
        ((Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9>)loaded)(config, a1, a2, a3, a4, a5, a6, a7, a8, a9);
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
            _loaded[kernel.Method] = loaded = accelerator.LoadStreamKernel(kernel);
        ((Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>)loaded)(config, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
    }
}
