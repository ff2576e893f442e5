namespace CudaNoisy.Kernels.Gpu;

/// <summary>Blocks of 128 x 128 results by warps of 64 columns, 128 threads.</summary>
public readonly struct WideTile128x128 : IProductTile
{
    /// <inheritdoc/>
    public static int WarpsDown => 2;

    /// <inheritdoc/>
    public static int WarpsAcross => 2;

    /// <inheritdoc/>
    public static int WarpColumns => 64;
}
