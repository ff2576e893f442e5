namespace CudaNoisy.Kernels.Gpu;

/// <summary>Blocks of 128 x 128 results, 256 threads.</summary>
public readonly struct Tile128x128 : IProductTile
{
    /// <inheritdoc/>
    public static int WarpsDown => 2;

    /// <inheritdoc/>
    public static int WarpsAcross => 4;
}
