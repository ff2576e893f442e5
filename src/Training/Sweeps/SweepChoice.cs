namespace CudaNoisy.Training;

/// <summary>A place on an axis of a sweep.</summary>
/// <param name="Label">What tables and folders call it.</param>
/// <param name="Settings">The options it sets, by name.</param>
public sealed record SweepChoice(string Label, IReadOnlyDictionary<string, string> Settings);
