using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>What an operand's <see cref="IOperandMap"/> works with.</summary>
/// <param name="Table">The channels' numbers, see <see cref="ChannelMap"/>; empty for an operand as it is stored.</param>
/// <param name="Other">The second tensor, or empty.</param>
/// <param name="OtherAddress">Its address.</param>
public readonly record struct OperandMapping(ArrayView<float> Table, ArrayView<float> Other, long OtherAddress);
