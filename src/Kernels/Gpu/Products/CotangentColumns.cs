using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Four columns of <see cref="CotangentSums"/>. One a thread.</summary>
public struct CotangentColumns
{
    private readonly ProductColumns _wanted;
    private readonly float _beta;
    private readonly ArrayView<float> _target;
    private readonly int _columns;
    private readonly int _column;
    private readonly Quad _mean;
    private readonly NormalizationMap _map;
    private Quad _sum;
    private Quad _product;

    /// <summary>Columns from one on; there may be none there.</summary>
    public CotangentColumns(ProductColumns wanted, float beta, ArrayView<float> target, int columns, int column)
    {
        _wanted = wanted;
        _beta = beta;
        _target = target;
        _columns = columns;
        _column = column;
        var none = Quad.All(0);
        (_mean, _sum, _product) = (none, none, none);
        _map = new NormalizationMap(none, none, none);
        if (column >= columns)
            return;
        _mean = Quads.Load(wanted.Mean, column);
        _map = NormalizationMap.Create<QuadAccess>(wanted.Epsilon, column, wanted.Mean, wanted.Variance, wanted.Gamma, wanted.Mask.Beta);
    }

    /// <summary>Writes a row and adds it to the sums; a negative row is none.</summary>
    public void Add(int row, Quad g)
    {
        if (row < 0 || _column >= _columns)
            return;
        var at = ((long)row * _columns) + _column;
        var x = Quads.Load(_wanted.X, at);
        if (_beta != 0)
            g += _beta * Quads.Load(_target, at);
        g = _wanted.Mask.Apply<QuadAccess>(g, at, _map, x);
        Quads.Store(_target, at, g);
        _sum += g;
        _product += g * (x - _mean);
    }

    /// <summary>Leaves the tile's sums.</summary>
    public void Leave(int tile)
    {
        for (var distance = 4; distance < WarpReduce.Size; distance *= 2)
        {
            _sum += Other(_sum, distance);
            _product += Other(_product, distance);
        }

        if ((Group.IdxX & 31) > 3 || _column >= _columns)
            return;
        var at = (2L * tile * _columns) + _column;
        Quads.Store(_wanted.Parts, at, _sum);
        Quads.Store(_wanted.Parts, at + _columns, _product);
    }

    private static Quad Other(Quad value, int distance) => new(
        Warp.ShuffleXor(value.X, distance), Warp.ShuffleXor(value.Y, distance), Warp.ShuffleXor(value.Z, distance), Warp.ShuffleXor(value.W, distance));
}
