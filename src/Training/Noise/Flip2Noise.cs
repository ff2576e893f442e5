namespace CudaNoisy.Training;

/// <summary>A corrupted label becomes one of two randomly chosen other classes, p/2 each.</summary>
public sealed class Flip2Noise : INoiseModel
{
    /// <inheritdoc/>
    public TransitionMatrix Matrix(IReadOnlyList<string> classes, double p, NumpyRandomState random)
    {
        var matrix = TransitionMatrix.Diagonal(classes.Count, p);
        for (var i = 0; i < classes.Count; i++)
        {
            foreach (var other in random.Permutation(classes.Count - 1).Take(2))
                matrix[i, other < i ? other : other + 1] = p / 2;
        }

        return matrix;
    }
}
