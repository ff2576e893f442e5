using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>G of F(4,3): three taps to six points.</summary>
/// <remarks>The filter as a polynomial at every point p, over the product of (p - q); infinity takes the leading coefficient.</remarks>
public readonly unsafe struct WinogradFilter : IWinogradMap
{
    /// <inheritdoc/>
    public static int Inputs => 3;

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
        var evenA = TV.Multiply(TV.Broadcast(WinogradPoints.FactorA), TV.MultiplyAdd(TV.Broadcast(WinogradPoints.A2), x2, x0));
        var oddA = TV.Multiply(TV.Broadcast(WinogradPoints.FactorA * WinogradPoints.A), x1);
        var evenB = TV.Multiply(TV.Broadcast(WinogradPoints.FactorB), TV.MultiplyAdd(TV.Broadcast(WinogradPoints.B2), x2, x0));
        var oddB = TV.Multiply(TV.Broadcast(WinogradPoints.FactorB * WinogradPoints.B), x1);
        TV.Multiply(TV.Broadcast(WinogradPoints.FactorZero), x0).Store(y);
        TV.Add(evenA, oddA).Store(y + yStep);
        TV.Subtract(evenA, oddA).Store(y + (2 * yStep));
        TV.Add(evenB, oddB).Store(y + (3 * yStep));
        TV.Subtract(evenB, oddB).Store(y + (4 * yStep));
        x2.Store(y + (5 * yStep));
    }
}
