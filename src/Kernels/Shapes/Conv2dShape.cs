namespace CudaNoisy.Kernels;

/// <summary>Sizes of a 2-D convolution (dilation 1, groups 1): x (N,H,W,C), w (R,S,C,K), y (N,P,Q,K).</summary>
/// <param name="N">Images.</param>
/// <param name="H">Input height.</param>
/// <param name="W">Input width.</param>
/// <param name="C">Input channels.</param>
/// <param name="K">Output channels.</param>
/// <param name="R">Filter height.</param>
/// <param name="S">Filter width.</param>
/// <param name="StrideH">Vertical stride.</param>
/// <param name="StrideW">Horizontal stride.</param>
/// <param name="PadTop">Zero rows above the input.</param>
/// <param name="PadLeft">Zero columns left of the input.</param>
/// <param name="P">Output height.</param>
/// <param name="Q">Output width.</param>
/// <remarks>y[n,p,q,k] = sum over r,s,c of x[n, p*StrideH+r-PadTop, q*StrideW+s-PadLeft, c] * w[r,s,c,k]; x is zero outside.
/// A linear layer x (N,C) times w (C,K) is the case H=W=R=S=P=Q=1.</remarks>
public readonly record struct Conv2dShape(
    int N, int H, int W, int C, int K, int R, int S, int StrideH, int StrideW, int PadTop, int PadLeft, int P, int Q)
{
    /// <summary>A linear layer: x (n, inputs) times w (inputs, outputs).</summary>
    public static Conv2dShape Linear(int n, int inputs, int outputs) => new(n, 1, 1, inputs, outputs, 1, 1, 1, 1, 0, 0, 1, 1);

    /// <summary>A convolution with the same stride and padding in both directions and on all sides.</summary>
    public static Conv2dShape Square(int n, int h, int w, int c, int k, int filter, int stride, int pad) =>
        new(n, h, w, c, k, filter, filter, stride, stride, pad, pad, (h + 2 * pad - filter) / stride + 1, (w + 2 * pad - filter) / stride + 1);

    /// <summary>Elements of x.</summary>
    public long InputLength => (long)N * H * W * C;

    /// <summary>Elements of w.</summary>
    public long FilterLength => (long)R * S * C * K;

    /// <summary>Elements of y.</summary>
    public long OutputLength => (long)N * P * Q * K;

    /// <summary>Output pixels, N*P*Q: the rows of the implicit matrix product.</summary>
    public long Rows => (long)N * P * Q;

    /// <summary>True where the convolution is a plain matrix product: 1x1 filter, stride 1, no padding.</summary>
    public bool IsPointwise => R == 1 && S == 1 && StrideH == 1 && StrideW == 1 && PadTop == 0 && PadLeft == 0 && P == H && Q == W;

    /// <summary>Multiply-adds of one pass.</summary>
    public long MultiplyAdds => Rows * R * S * C * K;
}
