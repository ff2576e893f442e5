namespace CudaNoisy.Training;

/// <summary>What training learnt about one training image: a row of <c>samples.csv</c>.</summary>
/// <param name="Id">The image's path, or its number in the data set.</param>
/// <param name="GivenLabel">The label it was trained with.</param>
/// <param name="TrueLabel">The label before the noise; null where nobody knows.</param>
/// <param name="PredictedLabel">The last predicted label; null before the first.</param>
/// <param name="Probability">The last predicted label's probability, 0 to 1; NaN before the first.</param>
/// <param name="MeanLoss">Mean loss over the times it was trained on; NaN before the first.</param>
/// <param name="MeanWeight">Mean weight over these times (1 for methods without weights); NaN before the first.</param>
/// <param name="Flips">How often the predicted label changed from one time to the next.</param>
/// <param name="Seen">How often it was trained on.</param>
public readonly record struct SampleRecord(
    string Id,
    int GivenLabel,
    int? TrueLabel,
    int? PredictedLabel,
    float Probability,
    double MeanLoss,
    double MeanWeight,
    int Flips,
    int Seen);
