namespace CudaNoisy.Kernels.Host;

/// <summary>One call of a <see cref="FilterTiles"/> kernel.</summary>
public unsafe struct FilterTile
{
    /// <summary>The first pixel's first channel.</summary>
    public float* Input;

    /// <summary>Floats from one pixel to the next.</summary>
    public long InputStep;

    /// <summary>Floats from one row of pixels to the next.</summary>
    public long InputRowStep;

    /// <summary>The first pixel's output gradient.</summary>
    public float* Gradient;

    /// <summary>Floats from one pixel to the next.</summary>
    public long GradientStep;

    /// <summary>Floats from one row of pixels to the next.</summary>
    public long GradientRowStep;

    /// <summary>Images.</summary>
    public int Images;

    /// <summary>Floats from one image to the next; gradients of images lie next to each other.</summary>
    public long InputImageStep;

    /// <summary>Rows of pixels an image.</summary>
    public int Rows;

    /// <summary>Pixels a row.</summary>
    public int Columns;

    /// <summary>What to ask for meanwhile, a line a pixel.</summary>
    public FetchAhead Ahead;

    /// <inheritdoc cref="Ahead"/>
    public FetchAhead Ahead2;

    /// <summary>The tile's sums.</summary>
    public float* Accumulators;

    /// <summary>A register of zeros where the sums start anew; null where they go on from <see cref="Accumulators"/>.</summary>
    public float* Zeros;
}
