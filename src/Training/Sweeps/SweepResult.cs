namespace CudaNoisy.Training;

/// <summary>What a run of a sweep ended with.</summary>
/// <param name="Run">The run.</param>
/// <param name="Accuracies">Its test accuracies; null where it has not ended.</param>
public sealed record SweepResult(SweepRun Run, RunResult? Accuracies);
