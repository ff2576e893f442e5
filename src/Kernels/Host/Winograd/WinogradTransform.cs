using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Applies an <see cref="IWinogradMap"/> to the columns and then to the rows of a tile, for all its channels.</summary>
/// <remarks>y = M x M^T for every channel; x is Inputs x Inputs, y is Outputs x Outputs registers. Overwrites (=).</remarks>
public static unsafe class WinogradTransform
{
    private const int LargestTile = 6 * 6;

    /// <summary>Transforms one tile.</summary>
    /// <param name="x">The tile's first value; channels are contiguous.</param>
    /// <param name="xRow">Floats from one row to the next.</param>
    /// <param name="xColumn">Floats from one column to the next.</param>
    /// <param name="y">Where the result goes.</param>
    /// <param name="yRow">Floats from one row to the next.</param>
    /// <param name="yColumn">Floats from one column to the next.</param>
    /// <param name="channels">Channels, a multiple of the register's length.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<TMap, TV>(float* x, long xRow, long xColumn, float* y, long yRow, long yColumn, int channels)
        where TMap : struct, IWinogradMap
        where TV : unmanaged, IHostVector<TV>
    {
        var space = stackalloc byte[(LargestTile + 1) * sizeof(TV)];
        var middle = (float*)(((nint)space + sizeof(TV) - 1) / sizeof(TV) * sizeof(TV));
        var row = TMap.Inputs * TV.Length;
        for (var c = 0; c < channels; c += TV.Length)
        {
            for (var column = 0; column < TMap.Inputs; column++)
                TMap.Apply<TV>(x + c + (column * xColumn), xRow, middle + (column * TV.Length), row);
            for (var line = 0; line < TMap.Outputs; line++)
                TMap.Apply<TV>(middle + (line * row), TV.Length, y + c + (line * yRow), yColumn);
        }
    }
}
