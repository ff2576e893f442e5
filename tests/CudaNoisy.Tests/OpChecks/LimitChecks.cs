using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Tests.OpChecks;

/// <summary>What kernels with 32-bit places cannot address is refused before anything is launched or allocated.</summary>
public sealed class LimitChecks
{
    private const int Pixels = 1 << 16;
    private const int Channels = 1 << 15;

    [Fact]
    public void ATensorOfTwoToThe31ElementsIsNamed()
    {
        var device = TestDevices.Get(IlgpuDevice.CpuId);
        AssertRefused(() => device.Normalization.Forward(Pixels, Channels, 0, default, default, default, default, default, default, false, default));
        AssertRefused(() => device.Pooling.AverageForward(Pool2dShape.Global(Pixels, 1, 1, Channels), default, default));
        AssertRefused(() => device.Batches.GatherImages(new GatherShape(Pixels, 1, 1, Channels), default, default, default, PixelScale.Unit, default));
    }

    private static void AssertRefused(Action launch) => Assert.Contains("elements of a tensor", Assert.Throws<DeviceLimitException>(launch).Message, StringComparison.Ordinal);
}
