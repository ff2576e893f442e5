namespace CudaNoisy.Runtime;

/// <summary>The memory of executions that do not run at the same time: as much as the largest needs.</summary>
public sealed class Workspace : IDisposable
{
    /// <summary>Allocates memory for any one of the plans.</summary>
    /// <exception cref="DeviceMemoryException">There is not enough; the message says what batch would fit.</exception>
    public Workspace(Device device, params IReadOnlyList<ExecutionPlan> plans)
    {
        Device = device;
        var largest = plans.MaxBy(p => p.FloatLength)!;
        try
        {
            Floats = device.Allocate<float>(largest.FloatLength);
        }
        catch (DeviceMemoryException e)
        {
            throw new DeviceMemoryException(e, largest.Shapes[0].N);
        }

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
