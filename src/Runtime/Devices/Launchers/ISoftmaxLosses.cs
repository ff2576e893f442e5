using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>Launches softmax losses over logits z (n, classes) and labels (n). Finite for any finite logits.</summary>
public interface ISoftmaxLosses
{
    /// <summary>losses[i] = f(p_i) and predictions[i] = argmax of row i (the first of equals). predictions may be empty.</summary>
    void Forward<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> losses, DeviceView<int> predictions)
        where TLoss : unmanaged, ISoftmaxLoss;

    /// <summary>dz[i,j] = scale * weights[i] * f'(p)p * (delta_jy - p_j). weights may be empty, meaning 1.</summary>
    void Backward<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> weights, float scale, DeviceView<float> dz)
        where TLoss : unmanaged, ISoftmaxLoss;

    /// <summary>lossesDot[i] = f'(p)p * (zDot[i,y] - sum_j p_j zDot[i,j]).</summary>
    void Jvp<TLoss>(TLoss loss, int n, int classes, DeviceView<float> z, DeviceView<int> labels, DeviceView<float> zDot, DeviceView<float> lossesDot)
        where TLoss : unmanaged, ISoftmaxLoss;

    /// <summary>probabilities (n, classes) = softmax of each row of z.</summary>
    void Softmax(int n, int classes, DeviceView<float> z, DeviceView<float> probabilities);

    /// <summary>Writes one step's sums: slot = [sum of losses[i]*weights[i], count of predictions[i] == labels[i], sum of weights[i], sum of losses[i]]. weights may be empty, meaning 1.</summary>
    void Summarize(int n, DeviceView<float> losses, DeviceView<float> weights, DeviceView<int> predictions, DeviceView<int> labels, DeviceView<float> slot);
}
