namespace CudaNoisy.Training;

/// <summary>Predicted class probabilities in memory.</summary>
/// <param name="values">Probabilities, (samples, classes).</param>
/// <param name="classes">Classes.</param>
/// <param name="name">What to call the table in messages.</param>
public sealed class ProbabilityMatrix(float[] values, int classes, string name = "predicted probabilities") : IProbabilities
{
    /// <inheritdoc/>
    public int Count => values.Length / classes;

    /// <inheritdoc/>
    public int Classes => classes;

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Probabilities, (samples, classes).</summary>
    public ReadOnlySpan<float> Values => values;

    /// <inheritdoc/>
    public void Read(int first, Span<float> rows) => values.AsSpan(first * classes, rows.Length).CopyTo(rows);
}
