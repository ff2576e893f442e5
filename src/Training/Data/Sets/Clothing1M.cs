using CudaNoisy.Runtime;

namespace CudaNoisy.Training;

/// <summary>Clothing1M (Xiao et al. 2015): lists of pictures and of labels, <c>images/7/88/339645240,2782721788.jpg 9</c>. Noisy labels for training, clean ones for validation and test.</summary>
/// <remarks>The parts are those of the reference: <c>noisy_train_key_list.txt</c>, <c>clean_val_key_list.txt</c>, <c>clean_test_key_list.txt</c>; labels come from <c>noisy_label_kv.txt</c>
/// and <c>clean_label_kv.txt</c>. Pictures lie in <c>images/</c>, or directly in the folder, as the reference has them. A training picture's true label is known where it has a clean one too.</remarks>
internal sealed class Clothing1M : IDataSet
{
    private const string ImagesFolder = "images/";

    private static readonly string[] Names =
        ["T-Shirt", "Shirt", "Knitwear", "Chiffon", "Sweater", "Hoodie", "Windbreaker", "Jacket", "Downcoat", "Suit", "Shawl", "Dress", "Vest", "Underwear"];

    public LoadedData Load(string root, DataOptions options)
    {
        var noisy = Labels(Path.Combine(root, "noisy_label_kv.txt"));
        var clean = Labels(Path.Combine(root, "clean_label_kv.txt"));
        var builder = new FileSetBuilder("Clothing1M", root, options);
        var strip = !Directory.Exists(Path.Combine(root, ImagesFolder));
        void Add(DataPart part, string list, Dictionary<string, int> labels)
        {
            foreach (var (key, label) in Keys(Path.Combine(root, list), labels))
                builder.Add(part, strip ? key[ImagesFolder.Length..] : key, label, part != DataPart.Train ? label : clean.GetValueOrDefault(key, -1));
        }

        Add(DataPart.Train, "noisy_train_key_list.txt", noisy);
        Add(DataPart.Validation, "clean_val_key_list.txt", clean);
        Add(DataPart.Test, "clean_test_key_list.txt", clean);
        return builder.Build(Names);
    }

    private static Dictionary<string, int> Labels(string path)
    {
        var labels = new Dictionary<string, int>();
        foreach (var (line, number) in Lines(path))
        {
            // Names hold commas, and might hold spaces: the label stands behind the last one.
            var space = line.LastIndexOf(' ');
            if (space < 0 || !int.TryParse(line.AsSpan(space + 1), out var label) || label < 0 || label >= Names.Length)
                throw new InputException($"{path}: a picture's path, a space and a label from 0 to {Names.Length - 1} expected at line {number}, '{Short(line)}' came");
            labels[line[..space]] = label;
        }

        return labels;
    }

    private static IEnumerable<(string Key, int Label)> Keys(string path, Dictionary<string, int> labels)
    {
        foreach (var (line, number) in Lines(path))
        {
            if (!line.StartsWith(ImagesFolder, StringComparison.Ordinal) || line.Contains("..", StringComparison.Ordinal))
                throw new InputException($"{path}: a path that starts with {ImagesFolder} expected at line {number}, '{Short(line)}' came");
            if (!labels.TryGetValue(line, out var label))
                throw new InputException($"{path}: a picture with a label expected at line {number}, '{Short(line)}' has none");
            yield return (line, label);
        }
    }

    private static IEnumerable<(string Line, int Number)> Lines(string path)
    {
        using var reader = BoundedFile.OpenText(path);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            line = line.Trim();
            if (line.Length > 0)
                yield return (line, number);
        }
    }

    private static string Short(string line) => line.Length <= 80 ? line : line[..80] + "...";
}
