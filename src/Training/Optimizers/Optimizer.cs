using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Updates a flat parameter buffer from its gradient, with weight decay by parameter name.</summary>
public abstract class Optimizer : IDisposable
{
    private readonly DeviceBuffer<float> _decay;

    /// <summary>Binds the optimizer to parameters.</summary>
    /// <param name="device">The device.</param>
    /// <param name="values">The parameters.</param>
    /// <param name="gradients">Their gradients, same layout.</param>
    /// <param name="decay">Weight decay by parameter name.</param>
    protected Optimizer(Device device, ParameterBuffer values, ParameterBuffer gradients, Func<string, float> decay)
    {
        Device = device;
        Values = values;
        Gradients = gradients;
        var blocks = values.Layout.PerBlock(decay);
        _decay = device.Allocate<float>(blocks.Length);
        _decay.CopyFrom(blocks);
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>The moments, by name: what a checkpoint must hold besides <see cref="Steps"/>.</summary>
    public abstract IReadOnlyList<(string Name, ParameterBuffer Buffer)> Moments { get; }

    /// <summary>The device.</summary>
    protected Device Device { get; }

    /// <summary>The parameters.</summary>
    protected ParameterBuffer Values { get; }

    /// <summary>The gradients.</summary>
    protected ParameterBuffer Gradients { get; }

    /// <summary>One coefficient a block of parameters.</summary>
    protected DeviceView<float> Decay => _decay.View;

    /// <summary>Takes one step.</summary>
    public void Step(double rate)
    {
        Update((float)rate);
        Steps++;
    }

    /// <summary>Continues after a checkpoint; the moments are loaded by the caller.</summary>
    public void Restore(long steps) => Steps = steps;

    /// <inheritdoc/>
    public void Dispose()
    {
        _decay.Dispose();
        foreach (var (_, buffer) in Moments)
            buffer.Dispose();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>One update.</summary>
    protected abstract void Update(float rate);

    /// <summary>Releases what an optimizer holds besides its moments.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
