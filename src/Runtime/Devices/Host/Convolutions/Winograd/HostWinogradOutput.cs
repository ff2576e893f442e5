using System.Numerics.Tensors;

namespace CudaNoisy.Runtime;

/// <summary>The last stage of a Winograd product: tiles are transformed back, and bias, earlier values and ReLU come on top.</summary>
internal unsafe struct HostWinogradOutput
{
    public WinogradGrid Grid;
    public WinogradKernels Kernels;
    public float* Bias;

    /// <summary>Values to add the product to, laid out like <see cref="Y"/>; or null.</summary>
    public float* Initial;
    public float* Y;
    public bool Relu;

    /// <summary>Floats of a tile's outputs.</summary>
    public static long TileFloats(int channels) => (long)WinogradGrid.Outputs * WinogradGrid.Outputs * channels;

    /// <summary>Transforms some tiles' channels back.</summary>
    /// <param name="firstTile">The first tile.</param>
    /// <param name="tiles">Tiles.</param>
    /// <param name="firstK">The first output channel.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="products">The products, [point, tile, channel].</param>
    /// <param name="stride">Floats from one tile to the next.</param>
    /// <param name="plane">Floats from one point to the next.</param>
    /// <param name="tile">Room for <see cref="TileFloats"/>.</param>
    public readonly void Transform(int firstTile, int tiles, int firstK, int channels, float* products, long stride, long plane, float* tile)
    {
        var transform = Kernels.Output;
        var m = WinogradGrid.Outputs;
        var plain = Initial is null && Bias is null && !Relu;
        for (var t = 0; t < tiles; t++)
        {
            var (image, p, q) = Grid.Tile(firstTile + t);
            var (rows, columns) = (Math.Min(m, Grid.H - p), Math.Min(m, Grid.W - q));
            var target = (((((long)image * Grid.H) + p) * Grid.W) + q) * Grid.K + firstK;
            var source = products + (t * stride);
            if (plain && rows == m && columns == m)
            {
                transform(source, WinogradGrid.Points * plane, plane, Y + target, (long)Grid.W * Grid.K, Grid.K, channels);
                continue;
            }

            transform(source, WinogradGrid.Points * plane, plane, tile, (long)m * channels, channels, channels);
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                    Finish(tile + (((i * m) + j) * channels), target + ((((long)i * Grid.W) + j) * Grid.K), firstK, channels);
            }
        }
    }

    private readonly void Finish(float* value, long target, int firstK, int channels)
    {
        var y = new Span<float>(value, channels);
        if (Bias is not null)
            TensorPrimitives.Add(y, new ReadOnlySpan<float>(Bias + firstK, channels), y);
        if (Initial is not null)
            TensorPrimitives.Add(y, new ReadOnlySpan<float>(Initial + target, channels), y);
        if (Relu)
            TensorPrimitives.Max(y, 0f, y);
        y.CopyTo(new Span<float>(Y + target, channels));
    }
}
