namespace CudaNoisy.Training;

/// <summary>Predicted class probabilities, (samples, classes), row by row: in memory or in a file that is larger than memory.</summary>
public interface IProbabilities
{
    /// <summary>Samples.</summary>
    int Count { get; }

    /// <summary>Classes.</summary>
    int Classes { get; }

    /// <summary>What to call the table in messages.</summary>
    string Name { get; }

    /// <summary>Copies whole rows. Safe to call from several threads.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="rows">Receives rows.Length / <see cref="Classes"/> rows.</param>
    void Read(int first, Span<float> rows);
}
