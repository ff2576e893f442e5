namespace CudaNoisy.Training;

/// <summary>A model of wrong labels.</summary>
public interface INoiseModel
{
    /// <summary>The transition matrix; draws from the generator come before those of the labels.</summary>
    /// <param name="classes">Class names, in order.</param>
    /// <param name="p">The share of labels to corrupt, in [0, 1].</param>
    /// <param name="random">The generator.</param>
    TransitionMatrix Matrix(IReadOnlyList<string> classes, double p, NumpyRandomState random);
}
