using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>Pixels' channels in tiles: [tile, pixel, channel of the tile].</summary>
public static unsafe class PixelPack
{
    /// <summary>Floats that a tile needs behind its pixels: whole registers are written, and the next pixel's overwrite what is too much.</summary>
    public const int Slack = 16;

    /// <summary>Packs some pixels. Overwrites (=); what is beyond the last channel becomes zero.</summary>
    /// <param name="source">The first pixel's first channel; up to <see cref="Slack"/> floats behind the last are read.</param>
    /// <param name="step">Floats from one pixel to the next.</param>
    /// <param name="pixels">Pixels.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="width">Channels of a tile.</param>
    /// <param name="target">The first tile's place for the first pixel.</param>
    /// <param name="tileStep">Floats from one tile to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TV>(float* source, long step, int pixels, int channels, int width, float* target, long tileStep)
        where TV : unmanaged, IHostVector<TV>
    {
        var whole = channels / width * width;
        for (var pixel = 0; pixel < pixels; pixel++, source += step, target += width)
        {
            var tile = target;
            for (var c = 0; c < whole; c += width, tile += tileStep)
            {
                for (var i = 0; i < width; i += TV.Length)
                    TV.Load(source + c + i).Store(tile + i);
            }

            for (var i = whole; i < channels; i++)
                tile[i - whole] = source[i];
            if (whole < channels)
                new Span<float>(tile + channels - whole, width - channels + whole).Clear();
        }
    }
}
