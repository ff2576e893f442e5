using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Where a batch-norm's ReLU let values through: known from its output, or found again from its input, which saves reading the output. Both empty: there was no ReLU.</summary>
/// <param name="Y">The output, (rows, channels); empty: see <paramref name="Beta"/>.</param>
/// <param name="Beta">The shifts, for <see cref="NormalizationMap"/>.</param>
public readonly record struct NormalizationMask(ArrayView<float> Y, ArrayView<float> Beta);
