using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>G^T of F(4,3): six points to the gradient of three taps.</summary>
/// <remarks>The transpose of <see cref="WinogradFilter"/>.</remarks>
public readonly unsafe struct WinogradGradient : IWinogradMap
{
    /// <inheritdoc/>
    public static int Inputs => 6;

    /// <inheritdoc/>
    public static int Outputs => 3;

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
        var (sumA, differenceA) = (TV.Add(x1, x2), TV.Subtract(x1, x2));
        var (sumB, differenceB) = (TV.Add(x3, x4), TV.Subtract(x3, x4));
        var first = TV.MultiplyAdd(TV.Broadcast(WinogradPoints.FactorA), sumA, TV.Multiply(TV.Broadcast(WinogradPoints.FactorB), sumB));
        var second = TV.Multiply(TV.Broadcast(WinogradPoints.FactorB * WinogradPoints.B), differenceB);
        var third = TV.MultiplyAdd(TV.Broadcast(WinogradPoints.FactorB * WinogradPoints.B2), sumB, x5);
        TV.MultiplyAdd(TV.Broadcast(WinogradPoints.FactorZero), x0, first).Store(y);
        TV.MultiplyAdd(TV.Broadcast(WinogradPoints.FactorA * WinogradPoints.A), differenceA, second).Store(y + yStep);
        TV.MultiplyAdd(TV.Broadcast(WinogradPoints.FactorA * WinogradPoints.A2), sumA, third).Store(y + (2 * yStep));
    }
}
