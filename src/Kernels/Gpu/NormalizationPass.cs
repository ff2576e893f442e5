namespace CudaNoisy.Kernels.Gpu;

/// <summary>Sizes and modes of a batch-norm's pass.</summary>
/// <param name="Rows">N*H*W.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Epsilon">The model's epsilon.</param>
/// <param name="Training">1: the statistics depend on x.</param>
/// <param name="AccumulateX">1: dx +=.</param>
/// <param name="AccumulateResidual">1: dresidual +=.</param>
public readonly record struct NormalizationPass(long Rows, int Channels, float Epsilon, int Training, int AccumulateX, int AccumulateResidual);
