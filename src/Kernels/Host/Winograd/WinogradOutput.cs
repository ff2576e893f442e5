using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>A^T of F(4,3): six points to four outputs.</summary>
/// <remarks>y_i = sum over the finite points p of p^i m_p; the last one gets infinity's too.</remarks>
public readonly unsafe struct WinogradOutput : IWinogradMap
{
    /// <inheritdoc/>
    public static int Inputs => 6;

    /// <inheritdoc/>
    public static int Outputs => 4;

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
        TV.Add(x0, TV.Add(sumA, sumB)).Store(y);
        TV.MultiplyAdd(TV.Broadcast(WinogradPoints.A), differenceA, TV.Multiply(TV.Broadcast(WinogradPoints.B), differenceB)).Store(y + yStep);
        TV.MultiplyAdd(TV.Broadcast(WinogradPoints.A2), sumA, TV.Multiply(TV.Broadcast(WinogradPoints.B2), sumB)).Store(y + (2 * yStep));
        TV.MultiplyAdd(TV.Broadcast(WinogradPoints.A3), differenceA, TV.MultiplyAdd(TV.Broadcast(WinogradPoints.B3), differenceB, x5)).Store(y + (3 * yStep));
    }
}
