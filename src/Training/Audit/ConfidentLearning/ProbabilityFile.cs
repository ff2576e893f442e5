using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Training;

/// <summary>Predicted class probabilities in a .npy file, (samples, classes), float32 or float64; memory does not grow with the file.</summary>
public sealed class ProbabilityFile : IProbabilities, IDisposable
{
    private readonly NpyRows _file;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">The file cannot be read, is cut, or is no table of floats.</exception>
    public ProbabilityFile(string path)
    {
        _file = new NpyRows(path);
        if (_file.Columns >= 2)
            return;
        _file.Dispose();
        throw new InputException($"{path}: probabilities of at least 2 classes expected, {_file.Columns} column came");
    }

    /// <inheritdoc/>
    public int Count => _file.Count;

    /// <inheritdoc/>
    public int Classes => _file.Columns;

    /// <inheritdoc/>
    public string Name => _file.Path;

    /// <inheritdoc/>
    public void Read(int first, Span<float> rows) => _file.Read(first, rows);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
