using System.Runtime.Intrinsics;
using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>Which micro-kernels to use for an output width, and their tile sizes.</summary>
/// <param name="Bits">Register width: 512, 256 or 128.</param>
/// <param name="Groups">Groups of 4 pixels a row tile.</param>
/// <param name="Rows">Input channels a filter tile.</param>
/// <param name="Width">Output channels a panel.</param>
internal readonly record struct HostTiling(int Bits, int Groups, int Rows, int Width)
{
    /// <summary>The widest registers of this machine.</summary>
    public static int NativeBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>The tiling for <paramref name="k"/> output channels.</summary>
    public static HostTiling Of(int bits, int k) => bits switch
    {
        512 when k % 32 is > 0 and <= 16 && k < 64 => new(512, 4, 24, 16),
        512 => new(512, 3, 12, 32),
        256 => new(256, 1, 4, 16),
        _ => new(128, 1, 4, 8),
    };

    /// <summary>Floats of a row tile.</summary>
    public int RowTileFloats => Groups * 4 * Width;

    /// <summary>Panels for <paramref name="k"/> output channels.</summary>
    public int Panels(int k) => (k + Width - 1) / Width;

    public unsafe delegate*<in RowTile, void> RowKernel => (Bits, Groups) switch
    {
        (512, 4) => &RowTiles.Tile16x1<HostVector512>,
        (512, _) => &RowTiles.Tile12x2<HostVector512>,
        (256, _) => &RowTiles.Tile4x2<HostVector256>,
        _ => &RowTiles.Tile4x2<HostVector128>,
    };

    public unsafe delegate*<in FilterTile, void> FilterKernel => (Bits, Rows) switch
    {
        (512, 24) => &FilterTiles.Tile24x1<HostVector512>,
        (512, _) => &FilterTiles.Tile12x2<HostVector512>,
        (256, _) => &FilterTiles.Tile4x2<HostVector256>,
        _ => &FilterTiles.Tile4x2<HostVector128>,
    };
}
