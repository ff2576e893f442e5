namespace CudaNoisy.Kernels.Gpu;

/// <summary>An output pixel (n, p, q) of a convolution, and the walk to later ones without a division.</summary>
public struct PixelWalker
{
    private int _high;
    private int _wide;

    /// <summary>The pixel's number.</summary>
    public int Pixel { get; private set; }

    /// <summary>Image.</summary>
    public int N { get; private set; }

    /// <summary>Row.</summary>
    public int P { get; private set; }

    /// <summary>Column.</summary>
    public int Q { get; private set; }

    /// <summary>The walker at a pixel of images of high x wide.</summary>
    public static PixelWalker At(int pixel, int high, int wide)
    {
        var line = pixel / wide;
        return new PixelWalker { _high = high, _wide = wide, Pixel = pixel, N = line / high, P = line % high, Q = pixel - (line * wide) };
    }

    /// <summary>Moves on.</summary>
    public void Advance(int pixels)
    {
        Pixel += pixels;
        Q += pixels;
        while (Q >= _wide)
        {
            Q -= _wide;
            P++;
            if (P == _high)
            {
                P = 0;
                N++;
            }
        }
    }
}
