namespace CudaNoisy.Kernels.Gpu;

/// <summary>What the copies need of a <see cref="ProductRow"/>, in one read of the block's table.</summary>
/// <param name="Base">Its base.</param>
/// <param name="Taps">Its taps.</param>
public readonly record struct RowEntry(int Base, int Taps);
