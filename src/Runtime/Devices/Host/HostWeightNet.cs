using CudaNoisy.Kernels.Host;

namespace CudaNoisy.Runtime;

/// <summary>The weighting network: a hundred units and a batch of losses, too little for threads.</summary>
internal sealed unsafe class HostWeightNet : IWeightNet
{
    public void Forward(int n, int hidden, DeviceView<float> phi, DeviceView<float> losses, DeviceView<float> weights) =>
        WeightNetRows.Forward(n, hidden, HostView.Pointer(phi, WeightNetRows.Length(hidden)), HostView.Pointer(losses, n), HostView.Pointer(weights, n));

    public void Backward(int n, int hidden, DeviceView<float> phi, DeviceView<float> losses, DeviceView<float> dweights, float scale, DeviceView<float> dphi) => WeightNetRows.Backward(
        n, hidden, HostView.Pointer(phi, WeightNetRows.Length(hidden)), HostView.Pointer(losses, n), HostView.Pointer(dweights, n), scale,
        HostView.Pointer(dphi, WeightNetRows.Length(hidden)));

    public void Normalize(int n, DeviceView<float> weights, DeviceView<float> normalized)
    {
        var w = HostView.Pointer(weights, n);
        var y = HostView.Pointer(normalized, n);
        var sum = Sum(w, n);
        for (var i = 0; i < n; i++)
            y[i] = sum == 0 ? 0 : (float)(w[i] / sum);
    }

    public void NormalizeBackward(int n, DeviceView<float> weights, DeviceView<float> normalized, DeviceView<float> dnormalized, DeviceView<float> dweights)
    {
        var w = HostView.Pointer(weights, n);
        var y = HostView.Pointer(normalized, n);
        var dy = HostView.Pointer(dnormalized, n);
        var dw = HostView.Pointer(dweights, n);
        var sum = Sum(w, n);
        double common = 0;
        for (var i = 0; i < n; i++)
            common += (double)dy[i] * y[i];
        for (var i = 0; i < n; i++)
            dw[i] = sum == 0 ? dy[i] : (float)((dy[i] - common) / sum);
    }

    private static double Sum(float* values, int n)
    {
        double sum = 0;
        for (var i = 0; i < n; i++)
            sum += values[i];
        return sum;
    }
}
