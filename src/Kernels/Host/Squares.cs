using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CudaNoisy.Kernels.Host;

/// <summary>Squares of 4 x 4 floats.</summary>
public static unsafe class Squares
{
    /// <summary>y[j, i] = scale * x[i, j]. Overwrites (=).</summary>
    /// <param name="x">The square's first value.</param>
    /// <param name="xStep">Floats from one row of x to the next.</param>
    /// <param name="scale">Multiplies every value.</param>
    /// <param name="y">Where the result goes.</param>
    /// <param name="yStep">Floats from one row of y to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* x, long xStep, float scale, float* y, long yStep)
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
