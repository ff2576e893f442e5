using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>c (N, K) = a transposed (N, C) times b transposed (C, K), for a stored (C, N) and b stored (K, C): the one matrix product that no pass of a convolution is.</summary>
public struct TransposedPass : IProductPass<TransposedPass>
{
    private Conv2dShape _s;
    private int _depth;

    /// <inheritdoc/>
    public static bool LeftAlongDepth => false;

    /// <inheritdoc/>
    public static bool RightAlongDepth => true;

    /// <inheritdoc/>
    public static TransposedPass Create(Conv2dShape s, int phase) => new() { _s = s };

    /// <inheritdoc/>
    public readonly int Rows => _s.N;

    /// <inheritdoc/>
    public readonly int Columns => _s.K;

    /// <inheritdoc/>
    public readonly int Depth => _s.C;

    /// <inheritdoc/>
    public readonly ProductRow Row(int row) => new(row, 0, row);

    /// <inheritdoc/>
    public void Seek<TTile, TTransfer>(int depth)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer => _depth = depth;

    /// <inheritdoc/>
    public void Load<TTile, TTransfer>(ProductOperands operands, ArrayView<float> shared, ArrayView<int> rows, int stage, int firstColumn)
        where TTile : unmanaged, IProductTile
        where TTransfer : unmanaged, ITransfer
    {
        var firstRow = rows[0];
        new MatrixRows(_s.C, _s.N).Load<TTile, TTransfer>(_depth, operands.Left, operands.LeftAddress, shared, stage, ProductTile<TTile>.Rows, firstRow);
        var copies = 16 / TTransfer.Width;
        var place = Group.IdxX % copies * TTransfer.Width;
        for (var i = 0; i < ProductTile<TTile>.Columns * copies / ProductTile<TTile>.Threads; i++)
        {
            var column = (Group.IdxX / copies) + (i * (ProductTile<TTile>.Threads / copies));
            var inside = firstColumn + column < _s.K && _depth + place < _s.C;
            TTransfer.Copy(
                operands.Right, operands.RightAddress, ((firstColumn + column) * _s.C) + _depth + place, inside, shared,
                stage + (ProductTile<TTile>.Rows * 16) + SharedLayout.AlongDepth(column, place));
        }

        _depth += 16;
    }
}
