namespace CudaNoisy.Training;

/// <summary>A run's images and labels: noisy training part, clean validation part, test part.</summary>
public sealed class TrainingData
{
    private TrainingData(ImageSet train, ImageSet test, DataSplit split, int[] given)
    {
        Train = train;
        Test = test;
        Split = split;
        Given = given;
    }

    /// <summary>All training images with their true labels.</summary>
    public ImageSet Train { get; }

    /// <summary>The test images.</summary>
    public ImageSet Test { get; }

    /// <summary>Which training images train and which validate.</summary>
    public DataSplit Split { get; }

    /// <summary>The labels that training sees, one a training image; those of the validation part are the true ones.</summary>
    public int[] Given { get; }

    /// <summary>Reads, splits and corrupts.</summary>
    public static TrainingData Load(TrainOptions options)
    {
        var (train, test) = DataSets.Load(options.Data, options.DataRoot);
        var split = DataSplit.Create(train.Count, options.ValidationSize, options.Seed);
        var given = options.CorruptionProbability > 0
            ? NoiseRegistry.Apply(options.CorruptionType, options.CorruptionProbability, options.Seed, train.ClassNames, train.Labels, split.Train)
            : train.Labels;
        if (split.Train.Length < options.BatchSize)
            throw SettingsReader.Error("batch_size", $"at most the {split.Train.Length} training images", $"{options.BatchSize}");
        return new TrainingData(train, test, split, given);
    }

    /// <summary>Classes without an image in the validation part.</summary>
    public IEnumerable<string> ClassesMissingFromValidation()
    {
        var present = Split.Validation.Select(i => Train.Labels[i]).ToHashSet();
        return Train.ClassNames.Where((_, k) => !present.Contains(k));
    }
}
