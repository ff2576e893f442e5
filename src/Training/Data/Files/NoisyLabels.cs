using System.Globalization;
using CudaNoisy.Runtime;
using CudaNoisy.Runtime.Formats;

namespace CudaNoisy.Training;

/// <summary>Given labels from a file: CIFAR-N's <c>.pt</c> (Wei et al. 2022), <c>.npy</c>, <c>.npz</c>, one byte a label in <c>.u8</c>, or a table.</summary>
/// <remarks>Arrays hold one label a training image, in the data set's order. A table either has a column <c>path</c> or <c>id</c>, and then images that it does not name are left out of
/// training, or only labels, one a line.</remarks>
internal static class NoisyLabels
{
    private const long MaxBytes = 1L << 30;

    /// <summary>The array of CIFAR-N's files that must be the data set's own labels.</summary>
    private const string CleanKey = "clean_label";

    /// <summary>Reads one label a training image, -1 for images that are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">Which array or column; empty where there is one.</param>
    /// <param name="train">The training images.</param>
    /// <exception cref="InputException">The file is damaged or not for these images.</exception>
    public static int[] Read(string path, string key, ImageSet train)
    {
        if (!File.Exists(path))
            throw new InputException($"--noisy_labels: a file of labels expected, '{path}' came, which does not exist");
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".pt" or ".pth" => FromArrays(path, key, train, Torch(path)),
            ".npz" => FromArrays(path, key, train, NpyFile.ReadArchive(path)),
            ".npy" => Checked(path, NpyFile.Read(path), train),
            ".u8" => Checked(path, new NpyArray([(int)Math.Min(new FileInfo(path).Length, int.MaxValue)], BoundedFile.Read(path, MaxBytes)), train),
            ".csv" or ".tsv" or ".txt" => LabelColumn.Read(path, key, train),
            var other => throw new InputException($"--noisy_labels: a .pt, .npy, .npz, .u8, .csv or .tsv file expected, '{other}' came"),
        };
    }

    /// <summary>The class of a label written as a number or a name; null where there is no such class.</summary>
    public static int? Class(string text, IReadOnlyDictionary<string, int> classes)
    {
        if (classes.TryGetValue(text, out var named))
            return named;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < classes.Count ? number : null;
    }

    private static Dictionary<string, NpyArray> Torch(string path)
    {
        var file = TorchFile.Read(path);
        return file.IsDictionary
            ? file.Entries.Where(e => e.Value.IsSequence || e.Value.IsArray || e.Value.IsTensor).ToDictionary(e => e.Key, e => e.Value.ToArray())
            : new Dictionary<string, NpyArray> { [""] = file.ToArray() };
    }

    private static int[] FromArrays(string path, string key, ImageSet train, Dictionary<string, NpyArray> arrays)
    {
        if (key.Length == 0 && arrays.Count == 1)
            key = arrays.Keys.First();
        if (!arrays.TryGetValue(key, out var array))
            throw SettingsReader.Error("noisy_key", $"one of {string.Join(", ", arrays.Keys)} ({path})", key);
        if (arrays.TryGetValue(CleanKey, out var clean) && key != CleanKey)
            CheckClean($"{path}: {CleanKey}", Checked($"{path}: {CleanKey}", clean, train), train);
        return Checked(key.Length == 0 ? path : $"{path}: {key}", array, train);
    }

    /// <summary>Labels that came with the noisy ones must be the data set's: else these are for other images, or another order.</summary>
    private static void CheckClean(string name, int[] clean, ImageSet train)
    {
        var wrong = Enumerable.Range(0, clean.Length).FirstOrDefault(i => train.Labels[i] >= 0 && clean[i] != train.Labels[i], -1);
        if (wrong >= 0)
            throw new InputException($"{name}: the labels of {train.Name} expected, image {wrong} has {train.Labels[wrong]} there and {clean[wrong]} here");
    }

    private static int[] Checked(string name, NpyArray array, ImageSet train)
    {
        if (array.Length != train.Count)
            throw new InputException($"{name}: {train.Count} labels expected (one an image of {train.Name}), {array.Length} came");
        if (array.Values is float[] or double[])
            throw new InputException($"{name}: whole numbers expected, floats came");
        var labels = PickledImages.Integers(array, name);
        var wrong = Array.FindIndex(labels, l => l < 0 || l >= train.ClassNames.Count);
        return wrong < 0 ? labels : throw new InputException($"{name}: labels from 0 to {train.ClassNames.Count - 1} expected, {labels[wrong]} came for image {wrong}");
    }
}
