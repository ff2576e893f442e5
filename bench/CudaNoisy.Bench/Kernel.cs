namespace CudaNoisy.Bench;

/// <summary>A kernel with its arguments, ready to run.</summary>
/// <param name="Run">One launch.</param>
/// <param name="Flops">Floating-point operations of a launch by the definition (a Winograd convolution counts as the direct one), or 0 where memory bounds it.</param>
/// <param name="Bytes">Bytes it must read and write, each once.</param>
public sealed record Kernel(Action Run, double Flops, double Bytes);
