namespace CudaNoisy.Training;

/// <summary>How many images of a class a data set has, by given label.</summary>
/// <param name="Name">The class.</param>
/// <param name="Train">Training images.</param>
/// <param name="Validation">Validation images.</param>
/// <param name="Test">Test images.</param>
/// <param name="Changed">Training images whose true label is known to be another one.</param>
public sealed record ClassSummary(string Name, int Train, int Validation, int Test, int Changed);
