namespace CudaNoisy.Kernels.Gpu;

/// <summary>Blocks of 128 x 64 results, 128 threads.</summary>
public readonly struct Tile128x64 : IProductTile
{
    /// <inheritdoc/>
    public static int WarpsDown => 2;

    /// <inheritdoc/>
    public static int WarpsAcross => 2;
}
