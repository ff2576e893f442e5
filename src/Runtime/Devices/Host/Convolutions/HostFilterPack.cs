using System.Numerics.Tensors;
using CudaNoisy.Kernels.Host;

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

    /// <summary>Rows of a packed tap.</summary>
    public readonly int Rows => Transpose ? K : C;

    public readonly void Execute(int part, int worker) => Pack(part, 0, Rows, Panels + ((long)part * R * S * Rows * Width));

    /// <summary>Packs some rows of every tap of a panel: [r, s, row, column].</summary>
    public readonly void Pack(int panel, int firstRow, int rows, float* target)
    {
        var columns = Math.Min(Width, (Transpose ? C : K) - (panel * Width));
        for (var r = 0; r < R; r++)
        {
            for (var s = 0; s < S; s++, target += (long)rows * Width)
            {
                var source = W + ((((long)(FirstR + (r * StepR)) * SourceS) + FirstS + (s * StepS)) * C * K);
                if (Transpose)
                    PackTransposed(source + ((long)panel * Width * K) + firstRow, rows, columns, target);
                else
                    PackRows(source + ((long)firstRow * K) + (panel * Width), rows, columns, ColumnScale is null ? null : ColumnScale + (panel * Width), target);
            }
        }
    }

    private readonly void PackRows(float* source, int rows, int columns, float* scale, float* target)
    {
        for (var row = 0; row < rows; row++, source += K, target += Width)
        {
            var from = new ReadOnlySpan<float>(source, columns);
            var to = new Span<float>(target, Width);
            if (scale is not null)
                TensorPrimitives.Multiply(from, new ReadOnlySpan<float>(scale, columns), to);
            else if (Scale != 1)
                TensorPrimitives.Multiply(from, Scale, to);
            else
                from.CopyTo(to);
            to[columns..].Clear();
        }
    }

    private readonly void PackTransposed(float* source, int rows, int columns, float* target)
    {
        Squares.Transpose(source, K, columns, rows, Scale, target, Width);
        for (var row = 0; row < rows && columns < Width; row++)
            new Span<float>(target + ((long)row * Width) + columns, Width - columns).Clear();
    }
}
