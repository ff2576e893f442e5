namespace CudaNoisy.Runtime;

/// <summary>Packs a matrix given by rows into panels: one part a panel. Columns beyond the last are zero.</summary>
/// <remarks>Row (r,s,c) of the packed filter comes from row (FirstR + r*StepR, FirstS + s*StepS, c) of w; with <see cref="Transpose"/> rows are output
/// channels and columns input channels.</remarks>
internal unsafe struct HostFilterPack : IHostJob
{
    public float* W;
    public float* Panels;
    public int Width;

    /// <summary>Filter rows and columns that are packed.</summary>
    public int R;
    public int S;

    /// <summary>Where they start in w and how they step.</summary>
    public int FirstR;
    public int StepR;
    public int FirstS;
    public int StepS;

    /// <summary>w's filter columns, input channels and output channels.</summary>
    public int SourceS;
    public int C;
    public int K;
    public bool Transpose;

    /// <summary>Multiplies every value.</summary>
    public float Scale;

    /// <summary>Multiplies every output channel; or null. Not with <see cref="Transpose"/>.</summary>
    public float* ColumnScale;

    public readonly void Execute(int part, int worker)
    {
        var (rows, total) = Transpose ? (K, C) : (C, K);
        var columns = Math.Min(Width, total - (part * Width));
        var target = Panels + ((long)part * R * S * rows * Width);
        for (var r = 0; r < R; r++)
        {
            for (var s = 0; s < S; s++)
            {
                var source = W + ((((long)(FirstR + (r * StepR)) * SourceS) + FirstS + (s * StepS)) * C * K);
                source += Transpose ? (long)part * Width * K : part * Width;
                for (var row = 0; row < rows; row++, target += Width)
                    PackRow(source, row, part * Width, columns, target);
            }
        }
    }

    private readonly void PackRow(float* source, int row, int first, int columns, float* target)
    {
        if (Transpose)
        {
            for (var c = 0; c < columns; c++)
                target[c] = source[((long)c * K) + row] * Scale;
        }
        else
        {
            var from = source + ((long)row * K);
            for (var k = 0; k < columns; k++)
                target[k] = from[k] * (ColumnScale is null ? Scale : ColumnScale[first + k]);
        }

        for (var i = columns; i < Width; i++)
            target[i] = 0;
    }
}
