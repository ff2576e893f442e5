namespace CudaNoisy.Training;

/// <summary>One thing that a sweep varies.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Choices">What it is varied over.</param>
public sealed record SweepAxis(string Name, IReadOnlyList<SweepChoice> Choices);
