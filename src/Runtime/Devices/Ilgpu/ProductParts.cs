using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

/// <summary>What a product that was cut into parts left in scratch memory for the launch that adds them up.</summary>
/// <param name="Values">The parts, one behind the other; empty: the product was not cut, and its result is where it belongs.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Beta">Factor of what is in the result's place.</param>
/// <param name="Behind">Scratch memory that was asked for besides.</param>
internal readonly record struct ProductParts(DeviceView<float> Values, int Count, float Beta, DeviceView<float> Behind)
{
    /// <summary>The sum of the parts, or else a whole tensor.</summary>
    public SplitTensor Of(DeviceView<float> whole, long length) => Values.IsEmpty
        ? new SplitTensor(IlgpuView.Of(whole, length), 0, 1, 0)
        : new SplitTensor(IlgpuView.Of(Values), length, Count, Beta);
}
