namespace CudaNoisy.Training;

/// <summary>What is in a data set: counts by class and part, sizes, changed labels.</summary>
/// <param name="Name">The training images' name.</param>
/// <param name="Size">Height, width and channels.</param>
/// <param name="Bytes">Bytes of all images, decoded.</param>
/// <param name="InMemory">Whether they are held in memory, or decoded when asked for.</param>
/// <param name="Classes">One row a class.</param>
/// <param name="LeftOut">Training images that the given labels leave out.</param>
/// <param name="Known">Training images whose true label is known.</param>
/// <param name="Changed">Those of them whose given label is another one.</param>
/// <param name="Notes">What a person should know about the files.</param>
public sealed record DataSummary(
    string Name, (int H, int W, int C) Size, long Bytes, bool InMemory, IReadOnlyList<ClassSummary> Classes, int LeftOut, int Known, int Changed, IReadOnlyList<string> Notes)
{
    /// <summary>Training images.</summary>
    public int Train => Classes.Sum(c => c.Train);

    /// <summary>Validation images.</summary>
    public int Validation => Classes.Sum(c => c.Validation);

    /// <summary>Test images.</summary>
    public int Test => Classes.Sum(c => c.Test);

    /// <summary>Counts.</summary>
    public static DataSummary Of(TrainingData data)
    {
        var classes = data.Train.ClassNames.Count;
        var (train, validation, test, changed) = (new int[classes], new int[classes], new int[classes], new int[classes]);
        foreach (var i in data.Split.Train)
        {
            train[data.Given[i]]++;
            if (data.Train.Labels[i] >= 0 && data.Train.Labels[i] != data.Given[i])
                changed[data.Given[i]]++;
        }

        foreach (var i in data.Split.Validation)
            validation[data.Given[i]]++;
        foreach (var label in data.Test.Labels)
            test[label]++;
        var pixels = data.Train.Pixels;
        var (known, all) = data.CountChanged();
        return new DataSummary(
            data.Train.Name, (pixels.H, pixels.W, pixels.C), ((long)data.Train.Count + data.Test.Count) * pixels.ImageLength, pixels.Blocks.Count > 0,
            [.. Enumerable.Range(0, classes).Select(k => new ClassSummary(data.Train.ClassNames[k], train[k], validation[k], test[k], changed[k]))],
            data.Train.Count - data.Split.Train.Length - data.Split.Validation.Length, known, all, data.Notes);
    }
}
