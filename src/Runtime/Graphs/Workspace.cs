namespace CudaNoisy.Runtime;

/// <summary>The memory of executions that do not run at the same time: as much as the largest needs.</summary>
public sealed class Workspace : IDisposable
{
    /// <summary>Allocates memory for any one of the plans.</summary>
    public Workspace(Device device, params IReadOnlyList<ExecutionPlan> plans)
    {
        Device = device;
        Floats = device.Allocate<float>(plans.Max(p => p.FloatLength));
        Indices = device.Allocate<int>(plans.Max(p => p.IndexLength));
    }

    internal Device Device { get; }

    internal DeviceBuffer<float> Floats { get; }

    internal DeviceBuffer<int> Indices { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Floats.Dispose();
        Indices.Dispose();
    }
}
