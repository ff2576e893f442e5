namespace CudaNoisy.Kernels.Gpu;

/// <summary>An output pixel of a convolution as the place of its first tap in the input, and the walk to later pixels without a division.</summary>
public struct PixelWalker
{
    /// <summary>The first tap's row in its image; may lie outside.</summary>
    public int H { get; private set; }

    /// <summary>Its column; may lie outside.</summary>
    public int W { get; private set; }

    /// <summary>Its first channel: floats from the input's start.</summary>
    public int Start { get; private set; }

    /// <summary>The walker at a pixel.</summary>
    public static PixelWalker At(int pixel, Conv2dShape s)
    {
        var line = (int)((uint)pixel / (uint)s.Q);
        var n = (int)((uint)line / (uint)s.P);
        var h = ((line - (n * s.P)) * s.StrideH) - s.PadTop;
        var w = ((pixel - (line * s.Q)) * s.StrideW) - s.PadLeft;
        return new PixelWalker { H = h, W = w, Start = ((((n * s.H) + h) * s.W) + w) * s.C };
    }

    /// <summary>Moves on.</summary>
    public void Advance(int pixels, Conv2dShape s)
    {
        W += pixels * s.StrideW;
        Start += pixels * s.StrideW * s.C;
        var span = s.Q * s.StrideW;
        while (W >= span - s.PadLeft)
        {
            W -= span;
            H += s.StrideH;
            Start += ((s.StrideH * s.W) - span) * s.C;
            if (H == (s.P * s.StrideH) - s.PadTop)
            {
                H = -s.PadTop;
                Start += (s.H - (s.P * s.StrideH)) * s.W * s.C;
            }
        }
    }
}
