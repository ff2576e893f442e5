using System.Reflection;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>A kernel in one of the configurations it is launched in.</summary>
/// <param name="Name">Its name, with what it is made of.</param>
/// <param name="Method">The method, closed over its type parameters.</param>
/// <param name="Threads">Threads a group.</param>
/// <param name="ResidentBlocks">Groups a multiprocessor that the assembler is told to make room for; 0 for none said.</param>
/// <param name="Capability">The lowest compute capability it runs on: 70 or 80.</param>
/// <param name="HighestCapability">The highest that launches it.</param>
/// <param name="TensorCores">Whether it must contain tensor-core instructions.</param>
/// <param name="IsMain">Whether it is one of the convolution kernels that training spends its time in.</param>
public sealed record GpuKernel(string Name, MethodInfo Method, int Threads, int ResidentBlocks, int Capability, int HighestCapability, bool TensorCores, bool IsMain);
