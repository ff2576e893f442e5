using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>The transforms of F(4,3) in two dimensions for one register width.</summary>
/// <param name="Bits">Register width.</param>
internal readonly record struct WinogradKernels(int Bits)
{
    public unsafe delegate*<float*, long, long, float*, long, long, int, void> Input => Of<WinogradInput>();

    public unsafe delegate*<float*, long, long, float*, long, long, int, void> Output => Of<WinogradOutput>();

    public unsafe delegate*<float*, long, long, float*, long, long, int, void> Filter => Of<WinogradFilter>();

    public unsafe delegate*<float*, long, long, float*, long, long, int, void> Cotangent => Of<WinogradCotangent>();

    public unsafe delegate*<float*, long, long, float*, long, long, int, void> Gradient => Of<WinogradGradient>();

    private unsafe delegate*<float*, long, long, float*, long, long, int, void> Of<TMap>()
        where TMap : struct, IWinogradMap => Bits switch
        {
            512 => &WinogradTransform.Apply<TMap, HostVector512>,
            256 => &WinogradTransform.Apply<TMap, HostVector256>,
            _ => &WinogradTransform.Apply<TMap, HostVector128>,
        };
}
