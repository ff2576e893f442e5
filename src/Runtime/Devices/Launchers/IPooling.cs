using CudaNoisy.Kernels;

namespace CudaNoisy.Runtime;

/// <summary>Launches pooling and subsampling. x (N,H,W,C), y (N,P,Q,C).</summary>
public interface IPooling
{
    /// <summary>y = maximum of each window (padding never wins); indices = its position h*W+w in the input image, the first of equals in row order.</summary>
    void MaxForward(in Pool2dShape shape, DeviceView<float> x, DeviceView<float> y, DeviceView<int> indices);

    /// <summary>dx = (or +=) dy routed to each window's maximum.</summary>
    void MaxBackward(in Pool2dShape shape, DeviceView<float> dy, DeviceView<int> indices, DeviceView<float> dx, bool accumulate);

    /// <summary>yDot = xDot at each window's maximum.</summary>
    void MaxJvp(in Pool2dShape shape, DeviceView<float> xDot, DeviceView<int> indices, DeviceView<float> yDot);

    /// <summary>y = average of each window. Linear: also its own Jvp.</summary>
    void AverageForward(in Pool2dShape shape, DeviceView<float> x, DeviceView<float> y);

    /// <summary>dx = (or +=) dy spread over each window.</summary>
    void AverageBackward(in Pool2dShape shape, DeviceView<float> dy, DeviceView<float> dx, bool accumulate);

    /// <summary>y = subsampled, channel-padded x. Linear: also its own Jvp.</summary>
    void Subsample(in SubsampleShape shape, DeviceView<float> x, DeviceView<float> y);

    /// <summary>dx = (or +=) dy at the sampled pixels and kept channels, 0 elsewhere.</summary>
    void SubsampleBackward(in SubsampleShape shape, DeviceView<float> dy, DeviceView<float> dx, bool accumulate);
}
