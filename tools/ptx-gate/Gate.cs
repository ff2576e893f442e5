using System.Globalization;
using CudaNoisy.Kernels;
using CudaNoisy.Kernels.Gpu;
using CudaNoisy.Runtime;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace CudaNoisy.PtxGate;

/// <summary>Compiles every kernel for every architecture and checks what comes out.</summary>
internal sealed class Gate(Assembler? assembler, string filter)
{
    private const string Header = "arch   registers shared spills local blocks occupancy  HMMA FFMA LDGSTS.128 LDS.128 LDG.128  kernel";
    private readonly List<string> _failures = [];

    /// <summary>Runs all; returns the exit code.</summary>
    public int Run()
    {
        Console.Out.WriteLine(assembler is null ? "ptxas not found: kernels are compiled to PTX and not assembled" : Header);
        using var context = Context.Create(builder => IlgpuDevice.Configure(builder));
        var count = 0;
        foreach (var target in Target.All)
        {
            var backend = new PTXBackend(context, new CudaArchitecture(target.Capability / 10, target.Capability % 10), new CudaInstructionSet(7, 8), null!);
            foreach (var kernel in GpuCatalog.All.Where(k => k.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
            {
                if (target.Capability < kernel.Capability || target.Capability > kernel.HighestCapability)
                    continue;
                Check(backend, target, kernel);
                count++;
            }
        }

        var conflicts = BankCheck.Run().Where(c => c.Extra > 0).ToArray();
        foreach (var (access, extra) in conflicts)
            _failures.Add($"{access}: {extra} bank conflicts");
        foreach (var failure in _failures)
            Console.Error.WriteLine($"FAILED: {failure}");
        Console.Out.WriteLine($"{BankCheck.Run().Count()} shared-memory access patterns, {conflicts.Length} with bank conflicts");
        Console.Out.WriteLine($"{count} kernels, {_failures.Count} failures");
        return _failures.Count == 0 ? 0 : 1;
    }

    private void Check(PTXBackend backend, Target target, GpuKernel kernel)
    {
        var name = $"sm_{target.Capability} {kernel.Name}";
        string ptx;
        try
        {
            var specialization = kernel.ResidentBlocks > 0 ? new KernelSpecialization(kernel.Threads, kernel.ResidentBlocks) : KernelSpecialization.Empty;
            ptx = ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), specialization)).PTXAssembly;
        }
        catch (Exception e) when (e is InternalCompilerException or NotSupportedException)
        {
            _failures.Add($"{name}: {e.Message}");
            return;
        }

        if (assembler is null)
            return;
        var result = assembler.Run(ptx, target.Capability);
        if (result.Error is not null)
        {
            _failures.Add($"{name}: {result.Error}");
            return;
        }

        Judge(name, target, kernel, result);
    }

    private void Judge(string name, Target target, GpuKernel kernel, Assembly result)
    {
        var code = result.Code;
        var blocks = target.ResidentBlocks(kernel.Threads, result.Registers, result.SharedBytes);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"sm_{target.Capability} {result.Registers,11} {result.SharedBytes,6} {result.SpillBytes,6} {result.LocalBytes,5} {blocks,6} {target.Occupancy(blocks, kernel.Threads),9:P0} {code.InLoop("HMMA"),5} {code.InLoop("FFMA"),4} {code.InLoop("LDGSTS", "128"),10} {code.InLoop("LDS.", "128"),7} {code.InAll("LDG.", "128"),7}  {kernel.Name}"));
        Require(result.SpillBytes == 0, $"{name}: {result.SpillBytes} bytes spilled");
        Require(result.LocalBytes == 0, $"{name}: {result.LocalBytes} bytes of local memory");
        Require(blocks > 0, $"{name}: does not fit a multiprocessor");
        Require(!kernel.TensorCores || code.InLoop("HMMA") > 0, $"{name}: no tensor-core instruction in its loop");
        Require(
            !kernel.IsMain || (code.InLoop("LDGSTS", "128") > 0 && code.InLoop("LDS.", "128") > 0 && blocks >= 2),
            $"{name}: 128-bit copies and shared loads in its loop and two resident blocks expected");
    }

    private void Require(bool condition, string failure)
    {
        if (!condition)
            _failures.Add(failure);
    }
}
