namespace CudaNoisy.Training;

/// <summary>A data set in a folder or file.</summary>
public interface IDataSet
{
    /// <summary>Reads it.</summary>
    /// <param name="root">The folder or file.</param>
    /// <param name="options">How images are read.</param>
    /// <exception cref="Runtime.InputException">A file is missing or damaged.</exception>
    LoadedData Load(string root, DataOptions options);
}
