namespace CudaNoisy.Training;

/// <summary>What an audit found.</summary>
public sealed record AuditResult
{
    private int[]? _ranked;

    /// <summary>What was audited.</summary>
    public required AuditSubject Subject { get; init; }

    /// <summary>Confident learning's estimates.</summary>
    public required ConfidentLearning Confident { get; init; }

    /// <summary>p(wrong), [sample].</summary>
    public required double[] Wrong { get; init; }

    /// <summary>The label suggested where the given one is wrong, [sample].</summary>
    public required int[] Suggested { get; init; }

    /// <summary>Whether confident learning's filter chose the sample, [sample].</summary>
    public required bool[] Filtered { get; init; }

    /// <summary>Noise rate and transition matrix; null where only probabilities were given.</summary>
    public NoiseEstimate? Noise { get; init; }

    /// <summary>What to train with; null where only probabilities were given.</summary>
    public Recommendation? Advice { get; init; }

    /// <summary>p(wrong) by the corrected heads alone, [sample]; empty where only probabilities were given.</summary>
    public double[] HeadWrong { get; init; } = [];

    /// <summary>Share of the neighbours' votes against the given label, [sample]; empty where only probabilities were given.</summary>
    public double[] Disagreement { get; init; } = [];

    /// <summary>A near-duplicate with another given label, -1 for none, [sample]; empty where only probabilities were given.</summary>
    public int[] DuplicateOf { get; init; } = [];

    /// <summary>Samples, the most likely wrong first, of equals the earlier.</summary>
    public IReadOnlyList<int> Ranked => _ranked ??= [.. Enumerable.Range(0, Wrong.Length).OrderByDescending(i => Wrong[i])];

    /// <summary>Whether a sample is listed as an issue: more likely wrong than right, chosen by the filter, or a near-duplicate with another label.</summary>
    public bool IsIssue(int sample) => Wrong[sample] > 0.5 || Filtered[sample] || (DuplicateOf.Length > 0 && DuplicateOf[sample] >= 0);
}
