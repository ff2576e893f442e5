namespace CudaNoisy.Training;

/// <summary>Labelled samples to audit.</summary>
/// <param name="Name">What they are, for messages and titles.</param>
/// <param name="Ids">One name a sample: a path or a number.</param>
/// <param name="Given">The labels in question, [sample].</param>
/// <param name="ClassNames">Class names.</param>
public sealed record AuditSubject(string Name, IReadOnlyList<string> Ids, int[] Given, IReadOnlyList<string> ClassNames)
{
    /// <summary>The true labels where they are known, as in experiments with injected noise, [sample]; null where not.</summary>
    public int[]? Truth { get; init; }

    /// <summary>The images; null for features and probabilities.</summary>
    public PixelSource? Pixels { get; init; }

    /// <summary>Each sample's number among the images, [sample].</summary>
    public int[] Places { get; init; } = [];

    /// <summary>What a training run learnt about each sample, [sample]; null without a run.</summary>
    public SampleRecord[]? Ledger { get; init; }

    /// <summary>Whether ids are paths of picture files.</summary>
    public bool HasPaths { get; init; }

    /// <summary>Samples.</summary>
    public int Count => Given.Length;
}
