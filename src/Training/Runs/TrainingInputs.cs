using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Everything a run reads, loaded and checked before anything is written: device, data and model.</summary>
public sealed class TrainingInputs : IDisposable
{
    private readonly List<string> _warnings = [];

    private TrainingInputs(TrainOptions options, Device device, Action<string> progress, CancellationToken cancel)
    {
        Options = options;
        Device = device;
        Data = TrainingData.Load(options);
        _warnings.AddRange(Data.Notes.Select(note => "warning: " + note));
        Frozen = options.FreezeEncoder ? FrozenEncoder.Load(options, Data, _warnings.Add, progress, cancel) : null;
        Encoder = Frozen is null ? ModelFactory.CreateEncoder(options, Data.Train, _warnings.Add) : null;
        Model = Encoder is null ? ModelFactory.CreateHead(options, Data.Train, Frozen!.Features) : ModelFactory.Create(Encoder, options, Data.Train);
        if (options.Problem == "mwnet")
            _warnings.AddRange(Data.ClassesMissingFromValidation().Select(name => $"warning: class '{name}' has no image in the clean meta set"));
    }

    /// <summary>The options.</summary>
    public TrainOptions Options { get; }

    /// <summary>The device.</summary>
    public Device Device { get; }

    /// <summary>Images and labels.</summary>
    public TrainingData Data { get; }

    /// <summary>The encoder that is not trained, and its features; null where all is trained.</summary>
    public FrozenEncoder? Frozen { get; }

    /// <summary>The encoder that training starts from; its parameters are the first of <see cref="Model"/>'s. Null where it is frozen.</summary>
    public Model? Encoder { get; }

    /// <summary>What training starts from: the classifier, or its head alone on a frozen encoder.</summary>
    public Model Model { get; }

    /// <summary>What a person should know before a long run.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What goes into the network, training and test part: images, or a frozen encoder's features of them. The caller's to dispose.</summary>
    public (DeviceImages Train, DeviceImages Test) Images()
    {
        if (Frozen is not null)
            return (new FeatureImages(Frozen.Train, Frozen.Features), new FeatureImages(Frozen.Test, Frozen.Features));
        var scale = ModelFactory.Scale(Options);
        return (DeviceImages.Create(Device, Data.Train.Pixels, scale, Options.Data.Workers), DeviceImages.Create(Device, Data.Test.Pixels, scale, Options.Data.Workers));
    }

    /// <summary>The classifier's file.</summary>
    /// <param name="trained"><see cref="Model"/> with other values.</param>
    public byte[] ToClassifier(Model trained) => Frozen?.Classifier(trained) ?? ModelFiles.Classifier(trained);

    /// <summary>Loads and checks.</summary>
    /// <param name="options">Options.</param>
    /// <param name="progress">Hears how far the computation of a frozen encoder's features is.</param>
    /// <param name="cancel">Stops the computation of a frozen encoder's features.</param>
    /// <exception cref="InputException">A file, a value or the device is not as it should be.</exception>
    public static TrainingInputs Load(TrainOptions options, Action<string>? progress = null, CancellationToken cancel = default)
    {
        var device = DeviceFactory.Open(options.Device, options.Threads, options.Precision);
        try
        {
            return new TrainingInputs(options, device, progress ?? (_ => { }), cancel);
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
