namespace CudaNoisy.Kernels.Gpu;

/// <summary>What may be done to the cotangent of a convolution's output.</summary>
public interface ICotangentMap : IOperandMap;
