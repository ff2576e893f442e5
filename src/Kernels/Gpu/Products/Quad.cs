namespace CudaNoisy.Kernels.Gpu;

/// <summary>Four floats: what a 128-bit access moves.</summary>
/// <param name="X">The first.</param>
/// <param name="Y">The second.</param>
/// <param name="Z">The third.</param>
/// <param name="W">The fourth.</param>
public readonly record struct Quad(float X, float Y, float Z, float W);
