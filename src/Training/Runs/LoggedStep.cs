namespace CudaNoisy.Training;

/// <summary>A step, read back.</summary>
/// <param name="Step">Its number, from 0.</param>
/// <param name="Indices">The batch's image numbers.</param>
/// <param name="Losses">Unweighted losses, one an image.</param>
/// <param name="Weights">Weights, one an image; empty where the method has none.</param>
/// <param name="Predictions">Predicted classes, one an image.</param>
/// <param name="Loss">Mean weighted loss.</param>
/// <param name="Accuracy">Share of predictions that are the given label.</param>
/// <param name="MetaLossSum">Sum of the losses on the clean batch; 0 where there was none.</param>
public sealed record LoggedStep(long Step, int[] Indices, float[] Losses, float[] Weights, int[] Predictions, float Loss, float Accuracy, float MetaLossSum);
