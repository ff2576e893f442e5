using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary><see cref="TileFinish"/> for a register width.</summary>
internal static class HostTileFinish
{
    /// <inheritdoc cref="TileFinish.Run"/>
    public static void Run(int bits, in TileFinish tile)
    {
        if (bits == 512)
            tile.Run<HostVector512>();
        else if (bits == 256)
            tile.Run<HostVector256>();
        else
            tile.Run<HostVector128>();
    }
}
