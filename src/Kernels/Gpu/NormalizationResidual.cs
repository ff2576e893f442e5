using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>What a batch-norm adds before its ReLU: a tensor, or the output of another batch-norm, without a ReLU, that lies nowhere.</summary>
/// <param name="X">The tensor, or the other batch-norm's input; empty: nothing is added.</param>
/// <param name="Table">Empty for a tensor; else the other batch-norm's numbers, see <see cref="ChannelTables.SetForward"/>.</param>
public readonly record struct NormalizationResidual(ArrayView<float> X, ArrayView<float> Table);
