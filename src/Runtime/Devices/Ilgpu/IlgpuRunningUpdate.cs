using CudaNoisy.Kernels.Gpu;

namespace CudaNoisy.Runtime;

/// <summary>All batch-norms in one launch: where their numbers lie comes from a table.</summary>
internal sealed class IlgpuRunningUpdate : RunningUpdate
{
    private readonly IlgpuKernels _kernels;
    private readonly int _count;
    private readonly DeviceView<float> _batch;
    private readonly DeviceView<float> _running;
    private readonly DeviceBuffer<long> _places;
    private readonly DeviceBuffer<float> _factors;

    public IlgpuRunningUpdate(IlgpuDevice device, IlgpuKernels kernels, IReadOnlyList<RunningNorm> norms)
    {
        _kernels = kernels;
        _count = norms.Count;
        _batch = Whole([.. norms.SelectMany(n => new[] { n.Mean, n.Variance })]);
        _running = Whole([.. norms.SelectMany(n => new[] { n.RunningMean, n.RunningVariance })]);
        _places = device.Allocate<long>(norms.Count * GpuChannels.Places);
        _factors = device.Allocate<float>(norms.Count * GpuChannels.Factors);
        _places.View.CopyFrom([.. norms.SelectMany(n => new[] { n.Channels, n.Mean.Offset, n.Variance.Offset, n.RunningMean.Offset, n.RunningVariance.Offset })]);
        _factors.View.CopyFrom([.. norms.SelectMany(n => new[] { n.Momentum, n.Unbias })]);
    }

    public override void Launch() => _kernels.Run(
        GpuChannels.UpdateRunning, _kernels.Groups(_count), IlgpuView.Of(_places.View), IlgpuView.Of(_factors.View), IlgpuView.Of(_batch), IlgpuView.Of(_running));

    protected override void Dispose(bool disposing)
    {
        _places.Dispose();
        _factors.Dispose();
    }

    /// <summary>The one buffer that views are parts of.</summary>
    private static DeviceView<float> Whole(IReadOnlyList<DeviceView<float>> views) => views.All(v => v.Buffer == views[0].Buffer)
        ? new DeviceView<float>(views[0].Buffer!, 0, views[0].Buffer!.Length)
        : throw new ArgumentException("Statistics that are moved together: one buffer for the batch's and one for the running ones expected.");
}
