namespace CudaNoisy.Training;

/// <summary>A data set in a folder.</summary>
public interface IDataSet
{
    /// <summary>Reads the training and the test images.</summary>
    /// <param name="root">The folder.</param>
    (ImageSet Train, ImageSet Test) Load(string root);
}
