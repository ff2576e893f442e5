using ILGPU;

namespace CudaNoisy.Kernels.Gpu;

/// <summary>Where a number a channel goes.</summary>
/// <param name="Values">One a channel; empty: not wanted.</param>
/// <param name="Overwrites">1: it takes the place of what is there, 0: it is added.</param>
public readonly record struct ChannelGradient(ArrayView<float> Values, int Overwrites)
{
    /// <summary>Sets or adds to a channel's, where it is wanted.</summary>
    public void Put(int channel, float value)
    {
        if (Values.Length > 0)
            Values[channel] = Overwrites != 0 ? value : Values[channel] + value;
    }
}
