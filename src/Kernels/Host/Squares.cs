using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CudaNoisy.Kernels.Host;

/// <summary>Transposes matrices in squares of 4 x 4 floats.</summary>
public static unsafe class Squares
{
    /// <summary>Columns of x that are gone through for all its rows before the next: their rows of y stay in the cache.</summary>
    private const int ColumnsAtOnce = 64;

    /// <summary>y[j, i] = scale * x[i, j] for a matrix, square by square and what is left one by one. Overwrites (=).</summary>
    /// <param name="x">The first value.</param>
    /// <param name="xStep">Floats from one row of x to the next.</param>
    /// <param name="rows">Rows of x.</param>
    /// <param name="columns">Columns of x.</param>
    /// <param name="scale">Multiplies every value.</param>
    /// <param name="y">Where the result goes.</param>
    /// <param name="yStep">Floats from one row of y to the next.</param>
    public static void Transpose(float* x, long xStep, int rows, int columns, float scale, float* y, long yStep)
    {
        var (wholeRows, wholeColumns) = (rows / 4 * 4, columns / 4 * 4);
        for (var first = 0; first < wholeColumns; first += ColumnsAtOnce)
        {
            var last = Math.Min(first + ColumnsAtOnce, wholeColumns);
            for (var i = 0; i < wholeRows; i += 4)
            {
                for (var j = first; j < last; j += 4)
                    Transpose(x + (i * xStep) + j, xStep, scale, y + (j * yStep) + i, yStep);
            }
        }

        for (var j = 0; j < columns; j++)
        {
            for (var i = j < wholeColumns ? wholeRows : 0; i < rows; i++)
                y[(j * yStep) + i] = scale * x[(i * xStep) + j];
        }
    }

    /// <summary>The same of one square.</summary>
    /// <param name="x">The square's first value.</param>
    /// <param name="xStep">Floats from one row of x to the next.</param>
    /// <param name="scale">Multiplies every value.</param>
    /// <param name="y">Where the result goes.</param>
    /// <param name="yStep">Floats from one row of y to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float* x, long xStep, float scale, float* y, long yStep)
    {
        if (!Sse.IsSupported)
        {
            for (var i = 0; i < 4; i++)
            {
                for (var j = 0; j < 4; j++)
                    y[(j * yStep) + i] = scale * x[(i * xStep) + j];
            }

            return;
        }

        var factor = Vector128.Create(scale);
        var a = Vector128.Load(x) * factor;
        var b = Vector128.Load(x + xStep) * factor;
        var c = Vector128.Load(x + (2 * xStep)) * factor;
        var d = Vector128.Load(x + (3 * xStep)) * factor;
        var (low, low2) = (Sse.UnpackLow(a, b), Sse.UnpackLow(c, d));
        var (high, high2) = (Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d));
        Sse.MoveLowToHigh(low, low2).Store(y);
        Sse.MoveHighToLow(low2, low).Store(y + yStep);
        Sse.MoveLowToHigh(high, high2).Store(y + (2 * yStep));
        Sse.MoveHighToLow(high2, high).Store(y + (3 * yStep));
    }
}
