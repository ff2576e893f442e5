namespace CudaNoisy.Training;

/// <summary>SimCLR's own options, validated.</summary>
public sealed record PretrainOptions
{
    /// <summary>NT-Xent's temperature.</summary>
    public required double Temperature { get; init; }

    /// <summary>Strength of the views' colour jitter.</summary>
    public required double Jitter { get; init; }

    /// <summary>Images a pass; a batch of several passes has the gradient of the whole batch's loss, with batch statistics of the pass. 0: the whole batch.</summary>
    public required int ChunkSize { get; init; }

    /// <summary>Hidden units of the projection, 0 for as many as the encoder has features.</summary>
    public required int Hidden { get; init; }

    /// <summary>Length of an embedding.</summary>
    public required int Embedding { get; init; }

    /// <summary>Labelled training images that an evaluation fits the linear probe to and searches for neighbours, 0 for all.</summary>
    public required int ProbeImages { get; init; }

    /// <summary>Validates settings.</summary>
    /// <exception cref="Runtime.InputException">A value is wrong.</exception>
    public static PretrainOptions From(SettingsReader s) => new()
    {
        Temperature = s.Number("temperature", 0.5, 0, 1e6, above: true),
        Jitter = s.Number("jitter", 0.5, 0, 1),
        ChunkSize = s.Whole("chunk_size", 0, 0, 1 << 16),
        Hidden = s.Whole("proj_hidden", 0, 0, 1 << 16),
        Embedding = s.Whole("proj_size", 128, 1, 1 << 16),
        ProbeImages = s.Whole("probe_images", 10_000, 0),
    };
}
