using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>A of F(4,3): the cotangents of four outputs to six points.</summary>
/// <remarks>The transpose of <see cref="WinogradOutput"/>.</remarks>
public readonly unsafe struct WinogradCotangent : IWinogradMap
{
    /// <inheritdoc/>
    public static int Inputs => 4;

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
        var evenA = TV.MultiplyAdd(TV.Broadcast(WinogradPoints.A2), x2, x0);
        var oddA = TV.MultiplyAdd(TV.Broadcast(WinogradPoints.A3), x3, TV.Multiply(TV.Broadcast(WinogradPoints.A), x1));
        var evenB = TV.MultiplyAdd(TV.Broadcast(WinogradPoints.B2), x2, x0);
        var oddB = TV.MultiplyAdd(TV.Broadcast(WinogradPoints.B3), x3, TV.Multiply(TV.Broadcast(WinogradPoints.B), x1));
        x0.Store(y);
        TV.Add(evenA, oddA).Store(y + yStep);
        TV.Subtract(evenA, oddA).Store(y + (2 * yStep));
        TV.Add(evenB, oddB).Store(y + (3 * yStep));
        TV.Subtract(evenB, oddB).Store(y + (4 * yStep));
        x3.Store(y + (5 * yStep));
    }
}
