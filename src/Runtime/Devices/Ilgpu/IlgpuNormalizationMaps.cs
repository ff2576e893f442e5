using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

internal sealed class IlgpuNormalizationMaps(IlgpuKernels kernels) : INormalizationMaps
{
    public void Input(
        int channels, float epsilon, DeviceView<float> mean, DeviceView<float> variance, DeviceView<float> gamma, DeviceView<float> beta, DeviceView<float> table) => kernels.Run(
        GpuChannelMaps.Forward, kernels.Elements(channels), epsilon, IlgpuView.Of(mean, channels), IlgpuView.Of(variance, channels), IlgpuView.Of(gamma, channels),
        IlgpuView.Of(beta, channels), IlgpuView.Of(table, INormalizationMaps.TableLength(channels)));

    public void Cotangent(long rows, int channels, in NormalizedInput input, DeviceView<float> table) => kernels.Run(
        GpuChannelMaps.Backward, kernels.Elements(channels), new NormalizationPass(rows, channels, input.Epsilon, 1, 0, 0), IlgpuView.Of(input.Mean, channels),
        IlgpuView.Of(input.Variance, channels), IlgpuView.Of(input.Gamma, channels), IlgpuView.Of(input.Sums, 2L * channels),
        IlgpuView.Of(table, INormalizationMaps.TableLength(channels)));
}
