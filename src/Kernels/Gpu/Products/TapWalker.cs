namespace CudaNoisy.Kernels.Gpu;

/// <summary>A term (r, s, c) of a convolution's sum, and the walk from one stage's to the next's without a division.</summary>
public struct TapWalker
{
    private int _channels;
    private int _width;

    /// <summary>The term's number.</summary>
    public int Depth { get; private set; }

    /// <summary>The tap's row.</summary>
    public int R { get; private set; }

    /// <summary>The tap's column.</summary>
    public int S { get; private set; }

    /// <summary>The channel.</summary>
    public int C { get; private set; }

    /// <summary>The walker at a term.</summary>
    /// <param name="depth">The term.</param>
    /// <param name="channels">Channels a tap.</param>
    /// <param name="width">Taps a row.</param>
    public static TapWalker At(int depth, int channels, int width)
    {
        var tap = depth / channels;
        return new TapWalker { _channels = channels, _width = width, Depth = depth, C = depth - (tap * channels), R = tap / width, S = tap % width };
    }

    /// <summary>Moves on by a stage.</summary>
    public void Advance()
    {
        Depth += 16;
        C += 16;
        while (C >= _channels)
        {
            C -= _channels;
            S++;
            if (S == _width)
            {
                S = 0;
                R++;
            }
        }
    }
}
