namespace CudaNoisy.Training;

/// <summary>One thing that a sweep varies.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Choices">What it is varied over.</param>
public sealed record SweepAxis(string Name, IReadOnlyList<SweepChoice> Choices)
{
    /// <summary>Every combination of some axes' choices, the last axis the fastest.</summary>
    internal static IEnumerable<SweepChoice[]> Combinations(IEnumerable<SweepAxis> axes)
    {
        IEnumerable<SweepChoice[]> combinations = [[]];
        foreach (var axis in axes)
            combinations = combinations.SelectMany(_ => axis.Choices, (before, choice) => (SweepChoice[])[.. before, choice]);
        return combinations;
    }
}
