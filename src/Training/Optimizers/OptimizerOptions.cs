namespace CudaNoisy.Training;

/// <summary>What an optimizer is made of.</summary>
/// <param name="WeightDecay">The coefficient.</param>
/// <param name="Momentum">SGD's and LARS's momentum.</param>
/// <param name="DecayEverything">Batch-norm parameters and biases decay too (the ImageNet32 recipe).</param>
public sealed record OptimizerOptions(double WeightDecay, double Momentum = 0.9, bool DecayEverything = false)
{
    internal Func<string, float> Decay(bool exemptBias) =>
        DecayEverything ? Training.WeightDecay.Everywhere(WeightDecay) : Training.WeightDecay.ByName(WeightDecay, exemptBias);
}
