using System.Runtime.CompilerServices;

namespace CudaNoisy.Kernels.Host;

/// <summary>What ends a convolution's tile: y = max(0, y + bias), each part where asked.</summary>
public static unsafe class TileFinish
{
    /// <summary>Finishes a tile in place.</summary>
    /// <param name="y">The output.</param>
    /// <param name="offsets">Where each group of 4 pixels starts.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="stride">Floats from one pixel to the next.</param>
    /// <param name="width">Channels, a multiple of the register's length.</param>
    /// <param name="bias">One value a channel, or null.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TV>(float* y, long* offsets, int groups, long stride, int width, float* bias, bool relu)
        where TV : unmanaged, IHostVector<TV>
    {
        for (var c = 0; c < width; c += TV.Length)
        {
            var b = bias is null ? TV.Zero : TV.Load(bias + c);
            for (var g = 0; g < groups; g++)
            {
                var pixel = y + offsets[g] + c;
                for (var i = 0; i < 4; i++, pixel += stride)
                {
                    var value = TV.Add(TV.Load(pixel), b);
                    (relu ? TV.Relu(value) : value).Store(pixel);
                }
            }
        }
    }
}
