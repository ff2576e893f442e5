namespace CudaNoisy.Training;

/// <summary>What one evaluation reports.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Rate">The learning rate of the last one.</param>
/// <param name="TrainLoss">Mean training loss since the evaluation before.</param>
/// <param name="TrainAccuracy">Accuracy on the given labels since the evaluation before.</param>
/// <param name="ValidationAccuracy">Accuracy on the clean validation images; NaN without them.</param>
/// <param name="TestAccuracy">Accuracy on the test images.</param>
/// <param name="WeightKept">Mean weight of unchanged labels; NaN without weights.</param>
/// <param name="WeightChanged">Mean weight of changed labels; NaN without weights.</param>
/// <param name="WeightAuc">The weight as a detector of unchanged labels; NaN without weights.</param>
/// <param name="NeighbourAccuracy">20-NN accuracy on the test images; NaN where it is not measured.</param>
public sealed record EvaluationRow(
    long Step, double Rate, double TrainLoss, double TrainAccuracy, double ValidationAccuracy, double TestAccuracy, double WeightKept, double WeightChanged, double WeightAuc, double NeighbourAccuracy);
