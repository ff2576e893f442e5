using CudaNoisy.Kernels;
using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>A per-sample loss of logits z (n, classes) and given labels, on any device.</summary>
public abstract class Loss
{
    /// <summary>losses[i] and predictions[i] (argmax; may be empty).</summary>
    public abstract void Forward(Device device, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> losses, DeviceView<int> predictions);

    /// <summary>dz = scale * weights[i] * d losses[i] / dz; empty weights mean 1.</summary>
    public abstract void Backward(Device device, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> weights, float scale, DeviceView<float> dz);

    /// <summary>lossesDot[i], the derivative of losses[i] along zDot.</summary>
    public abstract void Jvp(Device device, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> zDot, DeviceView<float> lossesDot);

    /// <summary>The loss that a kernel struct defines.</summary>
    public static Loss Of<TLoss>(TLoss loss)
        where TLoss : unmanaged, ISoftmaxLoss => new SoftmaxLoss<TLoss>(loss);

    private sealed class SoftmaxLoss<TLoss>(TLoss loss) : Loss
        where TLoss : unmanaged, ISoftmaxLoss
    {
        public override void Forward(Device device, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> losses, DeviceView<int> predictions) =>
            device.Losses.Forward(loss, n, classes, z, labels, losses, predictions);

        public override void Backward(Device device, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> weights, float scale, DeviceView<float> dz) =>
            device.Losses.Backward(loss, n, classes, z, labels, weights, scale, dz);

        public override void Jvp(Device device, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> zDot, DeviceView<float> lossesDot) =>
            device.Losses.Jvp(loss, n, classes, z, labels, zDot, lossesDot);
    }
}
