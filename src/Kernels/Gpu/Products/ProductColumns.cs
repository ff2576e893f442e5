using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>What a product leaves of its columns besides the result, one part a tile of 64 rows: for <see cref="ColumnMoments"/> or <see cref="CotangentSums"/>.</summary>
/// <param name="Parts">(tile, 2, columns); empty: nothing is wanted.</param>
/// <param name="X">The input of the batch-norm whose output's cotangent the result is, like what follows; empty where moments are wanted.</param>
/// <param name="Mean">Its means.</param>
/// <param name="Variance">Its variances.</param>
/// <param name="Gamma">Its scale.</param>
/// <param name="Mask">Where its ReLU was.</param>
/// <param name="Epsilon">Its epsilon.</param>
public readonly record struct ProductColumns(
    ArrayView<float> Parts, ArrayView<float> X, ArrayView<float> Mean, ArrayView<float> Variance, ArrayView<float> Gamma, NormalizationMask Mask, float Epsilon)
{
    /// <summary>Rows of a tile: a warp's.</summary>
    public const int Rows = 64;
}
