using System.Buffers;
using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Training;

/// <summary>Resizes a decoded part of a picture to the output, bit for bit as Pillow does.</summary>
internal static class ImageResampler
{
    private const int Channels = ImageDecoder.Channels;

    /// <summary>Resizes.</summary>
    /// <param name="source">The part, (H,W,3) bytes, and some more.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="place">What it is resized to, and where in that the output lies.</param>
    /// <param name="target">The output, side x side x 3 bytes.</param>
    /// <param name="side">The output's side.</param>
    public static void Resize(ReadOnlySpan<byte> source, int width, int height, ImagePlacement place, Span<byte> target, int side)
    {
        var columns = new ResampleTaps(width, place.Width, place.X, side, place.Filter);
        var rows = new ResampleTaps(height, place.Height, place.Y, side, place.Filter);
        var (firstRow, rowCount) = rows.Range;
        var stride = side * Channels;
        var between = ArrayPool<byte>.Shared.Rent((rowCount * stride) + ResampleRows.Padding);
        for (var r = 0; r < rowCount; r++)
        {
            var row = source[((firstRow + r) * width * Channels)..];
            if (width == place.Width)
                row.Slice(place.X * Channels, stride).CopyTo(between.AsSpan(r * stride));
            else
                ResampleRows.Horizontal(columns, row, between.AsSpan(r * stride));
        }

        for (var i = 0; i < side; i++)
        {
            var output = target.Slice(i * stride, stride);
            var from = between.AsSpan((rows.First[i] - firstRow) * stride);
            if (height == place.Height)
                between.AsSpan((place.Y + i - firstRow) * stride, stride).CopyTo(output);
            else
                ResampleRows.Vertical(rows.Weights.AsSpan(i * rows.Stride, rows.Count[i]), from, stride, output);
        }

        ArrayPool<byte>.Shared.Return(between);
    }
}
