namespace CudaNoisy.Kernels;

/// <summary>The option-A shortcut of He et al. 2016: every Stride-th pixel, channels zero-padded: x (N,H,W,C), y (N,P,Q,K).</summary>
/// <param name="N">Images.</param>
/// <param name="H">Input height.</param>
/// <param name="W">Input width.</param>
/// <param name="C">Input channels.</param>
/// <param name="StrideH">Vertical step.</param>
/// <param name="StrideW">Horizontal step.</param>
/// <param name="P">Output height, ceil(H/StrideH).</param>
/// <param name="Q">Output width, ceil(W/StrideW).</param>
/// <param name="K">Output channels, at least C + ChannelOffset.</param>
/// <param name="ChannelOffset">Zero channels in front.</param>
/// <remarks>y[n,p,q,c+ChannelOffset] = x[n,p*StrideH,q*StrideW,c]; all other channels of y are zero.</remarks>
public readonly record struct SubsampleShape(int N, int H, int W, int C, int StrideH, int StrideW, int P, int Q, int K, int ChannelOffset)
{
    /// <summary>Elements of x.</summary>
    public long InputLength => (long)N * H * W * C;

    /// <summary>Elements of y.</summary>
    public long OutputLength => (long)N * P * Q * K;
}
