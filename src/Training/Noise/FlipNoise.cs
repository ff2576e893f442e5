namespace CudaNoisy.Training;

/// <summary>A corrupted label becomes one randomly chosen other class, the same for all labels of its class.</summary>
public sealed class FlipNoise : INoiseModel
{
    /// <inheritdoc/>
    public TransitionMatrix Matrix(IReadOnlyList<string> classes, double p, NumpyRandomState random)
    {
        var matrix = TransitionMatrix.Diagonal(classes.Count, p);
        for (var i = 0; i < classes.Count; i++)
        {
            var other = random.Next(classes.Count - 1);
            matrix[i, other < i ? other : other + 1] = p;
        }

        return matrix;
    }
}
