namespace CudaNoisy.Training;

/// <summary>Training cannot go on: one line that names the step and the reason. The command line prints it and exits with code 1.</summary>
public sealed class TrainingException(string message) : Exception(message);
