namespace CudaNoisy.Training;

/// <summary>What a data set's files hold.</summary>
/// <param name="Train">Training images, those for validation among them; labels are the true ones where they are known.</param>
/// <param name="Test">Test images; may be none.</param>
public sealed record LoadedData(ImageSet Train, ImageSet Test)
{
    /// <summary>Which training images train and which validate, where the data set says so; null where they are to be drawn.</summary>
    public DataSplit? Split { get; init; }

    /// <summary>The given labels, one a training image, -1 for images that are left out; null where they are the true ones.</summary>
    public int[]? Given { get; init; }

    /// <summary>What a person should know: files that are missing or left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
