namespace CudaNoisy.Kernels.Host;

/// <summary>One call of a <see cref="RowTiles"/> kernel.</summary>
public unsafe struct RowTile
{
    /// <summary>The input.</summary>
    public float* Input;

    /// <summary>Where each group of 4 pixels starts in the input.</summary>
    public long* InputOffsets;

    /// <summary>Floats from one pixel of a group to the next.</summary>
    public long InputStride;

    /// <summary>Filter rows, R.</summary>
    public int FilterRows;

    /// <summary>Floats from one filter row's input to the next.</summary>
    public long FilterRowStep;

    /// <summary>Floats of one filter row's input, S*C.</summary>
    public int Depth;

    /// <summary>The packed filter: R*S*C rows as wide as the tile.</summary>
    public float* Panel;

    /// <summary>What to ask for meanwhile, a line a term.</summary>
    public FetchAhead Ahead;

    /// <inheritdoc cref="Ahead"/>
    public FetchAhead Ahead2;

    /// <summary>Asks for the rows of a panel, two lines a term.</summary>
    /// <param name="rows">The first row, or null: for nothing.</param>
    /// <param name="width">Its floats.</param>
    public void FetchPanel(float* rows, int width)
    {
        Ahead.Set(rows, width);
        Ahead2.Set(rows is null ? null : rows + CacheLines.Floats, width);
    }

    /// <summary>Values to add the products to, or null.</summary>
    public float* Previous;

    /// <summary>Where each group starts in <see cref="Previous"/>.</summary>
    public long* PreviousOffsets;

    /// <summary>Floats from one of its pixels to the next.</summary>
    public long PreviousStride;

    /// <summary>The output.</summary>
    public float* Output;

    /// <summary>Where each group starts in the output.</summary>
    public long* OutputOffsets;

    /// <summary>Floats from one output pixel to the next.</summary>
    public long OutputStride;
}
