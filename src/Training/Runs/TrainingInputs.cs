using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Everything a run reads, loaded and checked before anything is written: device, data and model.</summary>
public sealed class TrainingInputs : IDisposable
{
    private readonly List<string> _warnings = [];

    private TrainingInputs(TrainOptions options, Device device)
    {
        Options = options;
        Device = device;
        Data = TrainingData.Load(options);
        _warnings.AddRange(Data.Notes.Select(note => "warning: " + note));
        Model = ModelFactory.Create(options, Data.Train, _warnings.Add);
        if (options.Problem == "mwnet")
            _warnings.AddRange(Data.ClassesMissingFromValidation().Select(name => $"warning: class '{name}' has no image in the clean meta set"));
    }

    /// <summary>The options.</summary>
    public TrainOptions Options { get; }

    /// <summary>The device.</summary>
    public Device Device { get; }

    /// <summary>Images and labels.</summary>
    public TrainingData Data { get; }

    /// <summary>The classifier that training starts from.</summary>
    public Model Model { get; }

    /// <summary>What a person should know before a long run.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Loads and checks.</summary>
    /// <exception cref="InputException">A file, a value or the device is not as it should be.</exception>
    public static TrainingInputs Load(TrainOptions options)
    {
        var device = DeviceFactory.Open(options.Device, options.Threads, options.Precision);
        try
        {
            return new TrainingInputs(options, device);
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Device.Dispose();
}
