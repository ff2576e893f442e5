namespace CudaNoisy.Kernels.Gpu;

/// <summary>How a product is cut and what is done with its sums: target = Alpha * sum + Beta * target + bias.</summary>
/// <param name="Splits">Parts of the depth, each with a target of its own, one behind the other.</param>
/// <param name="Stages">The most stages of 16 terms a part.</param>
/// <param name="Alpha">Factor of the sums.</param>
/// <param name="Beta">Factor of what was there; with 0 it is not read.</param>
public readonly record struct ProductEnd(int Splits, int Stages, float Alpha, float Beta);
