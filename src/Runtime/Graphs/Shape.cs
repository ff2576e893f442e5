namespace CudaNoisy.Runtime;

/// <summary>The shape of an activation, (N,H,W,C). A matrix (N,C) has H = W = 1.</summary>
/// <param name="N">Images.</param>
/// <param name="H">Height.</param>
/// <param name="W">Width.</param>
/// <param name="C">Channels.</param>
public readonly record struct Shape(int N, int H, int W, int C)
{
    /// <summary>Elements.</summary>
    public long Length => checked((long)N * H * W * C);

    /// <summary>Rows of the matrix (N*H*W, C).</summary>
    public long Rows => checked((long)N * H * W);

    /// <inheritdoc/>
    public override string ToString() => H == 1 && W == 1 ? $"({N},{C})" : $"({N},{H},{W},{C})";
}
