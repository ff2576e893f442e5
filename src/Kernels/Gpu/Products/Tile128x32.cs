namespace CudaNoisy.Kernels.Gpu;

/// <summary>Blocks of 128 x 32 results, 64 threads.</summary>
public readonly struct Tile128x32 : IProductTile
{
    /// <inheritdoc/>
    public static int WarpsDown => 2;

    /// <inheritdoc/>
    public static int WarpsAcross => 1;
}
