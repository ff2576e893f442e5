namespace CudaNoisy.Kernels.Gpu;

/// <summary>How many warps a block has: each computes 64 rows of some columns.</summary>
public interface IProductTile
{
    /// <summary>Warps down the rows.</summary>
    static abstract int WarpsDown { get; }

    /// <summary>Warps across the columns.</summary>
    static abstract int WarpsAcross { get; }

    /// <summary>Columns a warp: 32, or 64, which reads less of shared memory for each product and has fewer instructions, in twice the registers.</summary>
    static abstract int WarpColumns { get; }
}
