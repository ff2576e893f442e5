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

    /// <summary>All training images with their true labels, -1 where they are not known.</summary>
    public ImageSet Train { get; }

    /// <summary>The test images.</summary>
    public ImageSet Test { get; }

    /// <summary>Which training images train and which validate.</summary>
    public DataSplit Split { get; }

    /// <summary>The labels that training sees, one a training image; those of the validation part are the true ones where they are known.</summary>
    public int[] Given { get; }

    /// <summary>What a person should know about the files.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Reads, splits and corrupts.</summary>
    public static TrainingData Load(TrainOptions options)
    {
        var data = DataSets.Load(options.Data);
        var train = data.Train;
        var split = data.Split ?? DataSplit.Create(train.Count, options.ValidationSize, options.Seed);
        var given = Corrupt(data, split, options);
        foreach (var i in split.Validation)
            given[i] = train.Labels[i] < 0 ? given[i] : train.Labels[i];
        split = new DataSplit([.. split.Train.Where(i => given[i] >= 0)], [.. split.Validation.Where(i => given[i] >= 0)]);
        if (split.Train.Length < options.BatchSize)
            throw SettingsReader.Error("batch_size", $"at most the {split.Train.Length} training images", $"{options.BatchSize}");
        if (options.Data.EpochImages > 0 && options.Data.EpochImages < options.BatchSize)
            throw SettingsReader.Error("epoch_images", $"at least the {options.BatchSize} images of a batch, or 0", $"{options.Data.EpochImages}");
        if (options.Problem == "mwnet" && split.Validation.Length < options.MetaBatchSize)
            throw SettingsReader.Error("meta_batch_size", $"at most the {split.Validation.Length} clean images", $"{options.MetaBatchSize}");
        return new TrainingData(train, data.Test, split, given) { Notes = data.Notes };
    }

    /// <summary>The labels with noise from the data set, from a file or from a model.</summary>
    private static int[] Corrupt(LoadedData data, DataSplit split, TrainOptions options)
    {
        if (options.CorruptionProbability == 0)
            return [.. data.Given ?? data.Train.Labels];
        if (data.Given is not null)
            throw SettingsReader.Error("corruption_prob", "0 where the labels are noisy already", $"{options.CorruptionProbability}");
        return NoiseRegistry.Apply(options.CorruptionType, options.CorruptionProbability, options.Seed, data.Train.ClassNames, data.Train.Labels, split.Train);
    }

    /// <summary>Training images whose true label is known, and how many of them have another one.</summary>
    public (int Known, int Changed) CountChanged() =>
        (Split.Train.Count(i => Train.Labels[i] >= 0), Split.Train.Count(i => Train.Labels[i] >= 0 && Train.Labels[i] != Given[i]));

    /// <summary>The order of the training batches.</summary>
    /// <param name="options">Batch size, seed and images a pass.</param>
    /// <param name="stream">The sampler's stream.</param>
    internal Sampler CreateSampler(TrainOptions options, ulong stream)
    {
        var images = options.Data.EpochImages;
        var subset = images == 0 ? null : new BalancedSubset(Split.Train, Given, Train.ClassNames.Count, images);
        return subset is null || subset.Size >= options.BatchSize
            ? new Sampler(Split.Train, options.BatchSize, options.Seed, stream, augment: true, subset)
            : throw SettingsReader.Error("batch_size", $"at most the {subset.Size} images of a class-balanced pass", $"{options.BatchSize}");
    }

    /// <summary>Classes without an image in the validation part.</summary>
    public IEnumerable<string> ClassesMissingFromValidation()
    {
        var present = Split.Validation.Select(i => Given[i]).ToHashSet();
        return Train.ClassNames.Where((_, k) => !present.Contains(k));
    }
}
