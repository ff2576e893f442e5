namespace CudaNoisy.Kernels;

/// <summary>Sizes of a 2-D pooling window: x (N,H,W,C), y (N,P,Q,C).</summary>
/// <param name="N">Images.</param>
/// <param name="H">Input height.</param>
/// <param name="W">Input width.</param>
/// <param name="C">Channels.</param>
/// <param name="R">Window height.</param>
/// <param name="S">Window width.</param>
/// <param name="StrideH">Vertical stride.</param>
/// <param name="StrideW">Horizontal stride.</param>
/// <param name="PadTop">Padding rows above.</param>
/// <param name="PadLeft">Padding columns to the left.</param>
/// <param name="P">Output height.</param>
/// <param name="Q">Output width.</param>
/// <param name="CountPadding">Average pooling: 1 divides by R*S always, 0 divides by the window's pixels inside the input.</param>
/// <remarks>Global average pooling is the case R=H, S=W, P=Q=1 without padding.</remarks>
public readonly record struct Pool2dShape(
    int N, int H, int W, int C, int R, int S, int StrideH, int StrideW, int PadTop, int PadLeft, int P, int Q, int CountPadding)
{
    /// <summary>The window that covers the whole image.</summary>
    public static Pool2dShape Global(int n, int h, int w, int c) => new(n, h, w, c, h, w, 1, 1, 0, 0, 1, 1, 1);

    /// <summary>Elements of x.</summary>
    public long InputLength => (long)N * H * W * C;

    /// <summary>Elements of y.</summary>
    public long OutputLength => (long)N * P * Q * C;
}
