using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>B^T of F(4,3): six inputs to the six points of <see cref="WinogradPoints"/>.</summary>
/// <remarks>Row of point p: the coefficients of the product of (z - q) over the other finite points q; of infinity: of the product over all.</remarks>
public readonly unsafe struct WinogradInput : IWinogradMap
{
    /// <inheritdoc/>
    public static int Inputs => 6;

    /// <inheritdoc/>
    public static int Outputs => 6;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TV>(float* x, long xStep, float* y, long yStep)
        where TV : unmanaged, IHostVector<TV>
    {
        var x0 = TV.Load(x);
        var x1 = TV.Load(x + xStep);
        var x2 = TV.Load(x + (2 * xStep));
        var x3 = TV.Load(x + (3 * xStep));
        var x4 = TV.Load(x + (4 * xStep));
        var x5 = TV.Load(x + (5 * xStep));
        var (a, b) = (TV.Broadcast(WinogradPoints.A), TV.Broadcast(WinogradPoints.B));
        var (minusA2, minusB2) = (TV.Broadcast(-WinogradPoints.A2), TV.Broadcast(-WinogradPoints.B2));
        var (minusSum, product) = (TV.Broadcast(-(WinogradPoints.A2 + WinogradPoints.B2)), TV.Broadcast(WinogradPoints.A2 * WinogradPoints.B2));
        var evenA = TV.MultiplyAdd(minusB2, x2, x4);
        var oddA = TV.Multiply(a, TV.MultiplyAdd(minusB2, x1, x3));
        var evenB = TV.MultiplyAdd(minusA2, x2, x4);
        var oddB = TV.Multiply(b, TV.MultiplyAdd(minusA2, x1, x3));
        TV.MultiplyAdd(product, x0, TV.MultiplyAdd(minusSum, x2, x4)).Store(y);
        TV.Add(evenA, oddA).Store(y + yStep);
        TV.Subtract(evenA, oddA).Store(y + (2 * yStep));
        TV.Add(evenB, oddB).Store(y + (3 * yStep));
        TV.Subtract(evenB, oddB).Store(y + (4 * yStep));
        TV.MultiplyAdd(product, x1, TV.MultiplyAdd(minusSum, x3, x5)).Store(y + (5 * yStep));
    }
}
