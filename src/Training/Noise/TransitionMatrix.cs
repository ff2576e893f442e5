namespace CudaNoisy.Training;

/// <summary>C[y, k]: the probability that label y is written as k.</summary>
public sealed class TransitionMatrix
{
    private readonly double[] _values;

    private TransitionMatrix(int classes)
    {
        Classes = classes;
        _values = new double[classes * classes];
    }

    /// <summary>Classes.</summary>
    public int Classes { get; }

    /// <summary>One entry.</summary>
    public double this[int from, int to]
    {
        get => _values[(from * Classes) + to];
        set => _values[(from * Classes) + to] = value;
    }

    /// <summary>1 - p on the diagonal, 0 elsewhere.</summary>
    public static TransitionMatrix Diagonal(int classes, double p)
    {
        var matrix = new TransitionMatrix(classes);
        for (var i = 0; i < classes; i++)
            matrix[i, i] = 1 - p;
        return matrix;
    }

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> Row(int from) => _values.AsSpan(from * Classes, Classes);
}
