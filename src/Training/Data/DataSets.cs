using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>The data sets by option value: a new one is a class and one line here.</summary>
public static class DataSets
{
    /// <summary>The data set with defaults of its own: size, transform and balanced passes are the reference's.</summary>
    internal const string Clothing1M = "clothing1m";

    private const string Sample = "fashion-mnist-sample";

    private static readonly SortedDictionary<string, IDataSet> Entries = new(StringComparer.Ordinal)
    {
        ["cifar10"] = Cifar.Ten,
        ["cifar100"] = Cifar.Hundred,
        [Clothing1M] = new Clothing1M(),
        ["fashion-mnist"] = new FashionMnist(),
        [Sample] = new FashionMnist(),
        ["folder"] = new FolderPerClass(),
        ["imagenet32"] = new ImageNet32(),
        ["manifest"] = new Manifest(),
    };

    /// <summary>The option values.</summary>
    public static IReadOnlyCollection<string> Names => Entries.Keys;

    /// <summary>Reads a data set.</summary>
    /// <param name="options">Which, from where, and how. An empty root takes <c>DATA_ROOT</c>; the sample that ships needs none.</param>
    /// <exception cref="InputException">The name is not known, or the files are not there or damaged.</exception>
    public static LoadedData Load(DataOptions options)
    {
        var (name, root) = (options.Set, options.Root);
        if (!Entries.TryGetValue(name, out var set))
            throw new InputException($"--data: one of {string.Join(", ", Names)} expected, '{name}' came");
        if (string.IsNullOrEmpty(root))
            root = name == Sample ? SampleFolder.Find("data/" + Sample) : Environment.GetEnvironmentVariable("DATA_ROOT");
        if (string.IsNullOrEmpty(root))
            throw new InputException($"--data_root: the folder of {name} expected, nothing came (DATA_ROOT is not set either)");
        if (!Path.Exists(root))
            throw new InputException($"--data_root: a folder expected, '{root}' came, which does not exist");
        var data = set.Load(root, options);
        return options.NoisyLabels.Length == 0 ? data : data with { Given = NoisyLabels.Read(options.NoisyLabels, options.NoisyKey, data.Train) };
    }
}
