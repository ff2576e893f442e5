namespace CudaNoisy.Kernels.Gpu;

/// <summary>What may be done to a convolution's input.</summary>
public interface IInputMap : IOperandMap;
