namespace CudaNoisy.Runtime;

internal sealed unsafe class HostRunningUpdate(IReadOnlyList<RunningNorm> norms) : RunningUpdate
{
    private readonly RunningNorm[] _norms = [.. norms];

    public override void Launch()
    {
        foreach (var norm in _norms)
        {
            var (momentum, unbias) = (norm.Momentum, norm.Unbias);
            var mean = HostView.Pointer(norm.Mean, norm.Channels);
            var variance = HostView.Pointer(norm.Variance, norm.Channels);
            var runningMean = HostView.Pointer(norm.RunningMean, norm.Channels);
            var runningVariance = HostView.Pointer(norm.RunningVariance, norm.Channels);
            for (var c = 0; c < norm.Channels; c++)
            {
                runningMean[c] = ((1 - momentum) * runningMean[c]) + (momentum * mean[c]);
                runningVariance[c] = ((1 - momentum) * runningVariance[c]) + (momentum * unbias * variance[c]);
            }
        }
    }
}
