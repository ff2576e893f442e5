namespace CudaNoisy.Training;

/// <summary>What a run ends with: test accuracies.</summary>
/// <param name="Last">After the last step.</param>
/// <param name="Selected">At the step with the best validation accuracy.</param>
/// <param name="Best">The best of all evaluations.</param>
/// <param name="SelectedStep">The step with the best validation accuracy.</param>
/// <param name="Folder">The run's folder.</param>
public sealed record RunResult(double Last, double Selected, double Best, long SelectedStep, string Folder);
