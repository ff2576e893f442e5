namespace CudaNoisy.Kernels.Gpu;

/// <summary>Blocks of 128 x 64 results by warps of 64 columns, 64 threads.</summary>
public readonly struct WideTile128x64 : IProductTile
{
    /// <inheritdoc/>
    public static int WarpsDown => 2;

    /// <inheritdoc/>
    public static int WarpsAcross => 1;

    /// <inheritdoc/>
    public static int WarpColumns => 64;
}
