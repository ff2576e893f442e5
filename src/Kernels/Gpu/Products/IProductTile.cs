namespace CudaNoisy.Kernels.Gpu;

/// <summary>How many warps a block has: each computes a 64 x 32 tile.</summary>
public interface IProductTile
{
    /// <summary>Warps down the rows.</summary>
    static abstract int WarpsDown { get; }

    /// <summary>Warps across the columns.</summary>
    static abstract int WarpsAcross { get; }
}
