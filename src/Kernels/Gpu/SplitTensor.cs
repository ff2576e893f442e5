using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>A tensor, or what a product that was cut into parts left of it: the sum of some tensors of its size, and a multiple of what is in the tensor itself.</summary>
/// <param name="Values">The tensors, one behind the other.</param>
/// <param name="Length">Elements of each.</param>
/// <param name="Count">How many there are; 1: a tensor.</param>
/// <param name="Beta">Factor of what was there; with 0 it is not read.</param>
public readonly record struct SplitTensor(ArrayView<float> Values, long Length, int Count, float Beta);
