using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Tangents of a batch-norm's inputs and parameters; empty ones are zero.</summary>
/// <param name="X">Of the input, (rows, channels).</param>
/// <param name="Gamma">Of the scale.</param>
/// <param name="Beta">Of the shift.</param>
/// <param name="Residual">Of the residual, (rows, channels).</param>
public readonly record struct NormalizationTangents(ArrayView<float> X, ArrayView<float> Gamma, ArrayView<float> Beta, ArrayView<float> Residual);
