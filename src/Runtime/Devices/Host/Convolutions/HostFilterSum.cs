using System.Numerics.Tensors;

namespace CudaNoisy.Runtime;

/// <summary>dw = (or +=) the chunks' tiles, in the order of the chunks.</summary>
internal unsafe struct HostFilterSum : IHostJob
{
    public HostFilterProduct Product;
    public float* Dw;
    public bool Overwrites;

    public readonly void Execute(int part, int worker)
    {
        var (tiling, k) = (Product.Tiling, Product.K);
        var (r, m) = Math.DivRem(part, Product.RowTilesPerFilterRow);
        var rows = Math.Min(tiling.Rows, Product.Window.Depth - (m * tiling.Rows));
        for (var panel = 0; panel < tiling.Panels(k); panel++)
        {
            var columns = Math.Min(tiling.Width, k - (panel * tiling.Width));
            var tile = ((long)panel * Product.RowTiles) + part;
            for (var i = 0; i < rows; i++)
            {
                var target = new Span<float>(Dw + ((((long)r * Product.Window.Depth) + (m * tiling.Rows) + i) * k) + (panel * tiling.Width), columns);
                for (var chunk = 0; chunk < Product.Chunks; chunk++)
                {
                    var source = Product.Partials + ((((long)chunk * Product.Tiles) + tile) * Product.TileFloats) + (i * tiling.Width);
                    if (Overwrites && chunk == 0)
                        new ReadOnlySpan<float>(source, columns).CopyTo(target);
                    else
                        TensorPrimitives.Add(target, new ReadOnlySpan<float>(source, columns), target);
                }
            }
        }
    }
}
