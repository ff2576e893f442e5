namespace CudaNoisy.Runtime;

/// <summary>A batch-norm whose running statistics are moved towards a batch's.</summary>
/// <param name="Rows">N*H*W of the batch.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Momentum">The batch's share.</param>
/// <param name="Mean">The batch's means.</param>
/// <param name="Variance">The batch's biased variances.</param>
/// <param name="RunningMean">The running means.</param>
/// <param name="RunningVariance">The running variances.</param>
public readonly record struct RunningNorm(
    long Rows, int Channels, float Momentum, DeviceView<float> Mean, DeviceView<float> Variance, DeviceView<float> RunningMean, DeviceView<float> RunningVariance)
{
    /// <summary>What makes a biased variance unbiased: rows / (rows - 1).</summary>
    internal float Unbias => Rows > 1 ? (float)((double)Rows / (Rows - 1)) : 1;
}
