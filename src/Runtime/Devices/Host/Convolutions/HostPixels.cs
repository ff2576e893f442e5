using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary><see cref="PixelPack"/> for a register width.</summary>
internal static unsafe class HostPixels
{
    /// <inheritdoc cref="PixelPack.Run"/>
    public static void Pack(int bits, float* source, long step, int pixels, int channels, int width, float* target, long tileStep)
    {
        if (bits == 512)
            PixelPack.Run<HostVector512>(source, step, pixels, channels, width, target, tileStep);
        else if (bits == 256)
            PixelPack.Run<HostVector256>(source, step, pixels, channels, width, target, tileStep);
        else
            PixelPack.Run<HostVector128>(source, step, pixels, channels, width, target, tileStep);
    }
}
