using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>The buffers of a product with their addresses, which PTX needs.</summary>
/// <param name="Left">The left operand.</param>
/// <param name="LeftAddress">Its address; 0 on a device without PTX.</param>
/// <param name="Right">The right operand.</param>
/// <param name="RightAddress">Its address.</param>
/// <param name="Target">The result.</param>
/// <param name="TargetAddress">Its address.</param>
/// <param name="LeftMapping">What the left operand is mapped with.</param>
/// <param name="RightMapping">What the right operand is mapped with.</param>
public readonly record struct ProductOperands(
    ArrayView<float> Left, long LeftAddress, ArrayView<float> Right, long RightAddress, ArrayView<float> Target, long TargetAddress, OperandMapping LeftMapping, OperandMapping RightMapping);
