namespace CudaNoisy.Training;

/// <summary>A corrupted label is any class, its own included, with equal probability: C = p/K + (1-p) I.</summary>
public sealed class UniformNoise : INoiseModel
{
    /// <inheritdoc/>
    public TransitionMatrix Matrix(IReadOnlyList<string> classes, double p, NumpyRandomState random)
    {
        var matrix = TransitionMatrix.Diagonal(classes.Count, 1);
        var share = p * (1.0 / classes.Count);
        for (var i = 0; i < classes.Count; i++)
        {
            for (var j = 0; j < classes.Count; j++)
                matrix[i, j] = share + ((1 - p) * (i == j ? 1 : 0));
        }

        return matrix;
    }
}
